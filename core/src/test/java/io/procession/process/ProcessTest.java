package io.procession.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.internal.family.FamilyFirst;
import io.procession.testing.Guarded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Section A of the behaviour contract, as far as it needs no transport. The design decides where a row and the design differ. */
@ExtendWith(FamilyFirst.class)
@Guarded
class ProcessTest {
    private final Lines out = new Lines();
    private final Lines err = new Lines();

    private Process.Builder builder() {
        return Process.builder().stdout(Stdio.lines(out)).stderr(Stdio.lines(err));
    }

    private Process asleep() throws InterruptedException {
        Process process = builder().start(Actions::sleepForEver);
        out.next();
        return process;
    }

    @Test
    @DisplayName("P01: the main process knows itself")
    void currentInTheMainProcess() {
        ProcessInfo current = Process.current();
        assertThat(current.isAlive()).isTrue();
        assertThat(current.isDaemon()).isFalse();
        assertThat(current.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(current.name()).isEqualTo("main");
        assertThat(current.generation()).isZero();
        assertThat(Process.parent()).isEmpty();
    }

    @Test
    @DisplayName("P02, P05, P15: before, while and after it runs")
    void aWholeLife() throws InterruptedException {
        Process process = builder().name("worker bee").unstarted(Actions::printIdentity);
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitCode()).isEmpty();
        assertThatThrownBy(process::pid).isInstanceOf(IllegalStateException.class);
        assertThat(Process.activeChildren()).doesNotContain(process);

        process.start();
        assertThat(process.exitStatus().map(ExitStatus::code).orElse(0)).isZero();
        process.join();
        assertThat(process.exitCode()).hasValue(0);
        assertThat(process.exitStatus().orElseThrow().signal()).isEmpty();
        assertThat(process.isAlive()).isFalse();
        assertThat(Process.activeChildren()).doesNotContain(process);
        long pid = process.pid();
        assertThat(err.all()).isEmpty();
        assertThat(out.all())
                .containsExactly("worker bee " + pid + " false 1 "
                        + ProcessHandle.current().pid() + " true " + pid);
        assertThat(process).hasToString("worker bee (pid " + pid + ")");
    }

    @Test
    @DisplayName("P02, P15: a running process is alive and listed, in a fresh copy")
    void aRunningProcessIsListed() throws InterruptedException {
        try (Process process = asleep()) {
            assertThat(process.isAlive()).isTrue();
            assertThat(process.exitCode()).isEmpty();
            assertThat(Process.activeChildren()).contains(process);
            Process.activeChildren().clear();
            assertThat(Process.activeChildren()).contains(process);
        }
    }

    @Test
    @DisplayName("P03: what a lambda captures arrives equal")
    void capturesArrive() throws InterruptedException {
        int number = 1;
        String text = "größer";
        List<Integer> list = List.of(1, 2);
        builder()
                .start(() -> System.out.println(number + text + list + Optional.of(2)))
                .join();
        assertThat(err.all()).isEmpty();
        assertThat(out.all()).containsExactly("1größer[1, 2]Optional[2]");
    }

    @Test
    @DisplayName("P04: daemon is the creator's unless said otherwise, and cannot be changed")
    void daemonIsInherited() throws InterruptedException {
        assertThat(Process.builder().unstarted(Actions::nothing).isDaemon()).isFalse();
        assertThat(Process.builder().daemon(true).unstarted(Actions::nothing).isDaemon())
                .isTrue();
        builder()
                .daemon(true)
                .start(() -> System.out.println(
                        Process.builder().unstarted(Actions::nothing).isDaemon()
                                + " "
                                + Process.builder()
                                        .daemon(false)
                                        .unstarted(Actions::nothing)
                                        .isDaemon()))
                .join();
        assertThat(err.all()).isEmpty();
        assertThat(out.all()).containsExactly("true false");
    }

    @Test
    @DisplayName("P06: a grandchild ends with the child that started it")
    void grandchildrenEndWithTheirParent() throws Exception {
        Process child = builder().start(() -> {
            Process grandchild = Process.start(Actions::sleepForEver);
            System.out.println(grandchild.pid());
            grandchild.join();
        });
        long grandchild = pidAmong(out.next(), out.next());
        ProcessHandle handle = ProcessHandle.of(grandchild).orElseThrow();
        child.kill();
        child.join();
        handle.onExit().get(60, TimeUnit.SECONDS);
        assertThat(handle.isAlive()).isFalse();
    }

    private static long pidAmong(String one, String other) {
        return Long.parseLong(one.equals("asleep") ? other : one);
    }

    @Test
    @DisplayName("P07: a chosen launcher is used, a missing one is an error that names it")
    void aChosenLauncher(@TempDir Path directory) throws Exception {
        Path launcher = directory.resolve("my java");
        Files.writeString(
                launcher, "#!/bin/sh\necho mine\nexec '" + System.getProperty("java.home") + "/bin/java' \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Process process = builder().javaExecutable(launcher).start(Actions::nothing);
        process.join();
        assertThat(process.exitCode()).hasValue(0);
        assertThat(out.all()).containsExactly("mine");

        assertThatThrownBy(() -> builder()
                        .name("lost")
                        .javaExecutable(Path.of("/no/java"))
                        .start(Actions::nothing))
                .isInstanceOfSatisfying(
                        ProcessStartException.class,
                        e -> assertThat(e.processName()).isEqualTo("lost"))
                .hasMessageContaining("/no/java");
    }

    @Test
    @DisplayName("P08: terminate gives 143, told from an exit with that code by evidence")
    void terminate() throws InterruptedException {
        Process process = asleep();
        process.terminate();
        process.join();
        assertThat(process.exitCode()).hasValue(143);
        assertThat(process.exitStatus().orElseThrow().signal()).hasValue("SIGTERM");
        assertThat(process.isAlive()).isFalse();
        assertThat(Process.activeChildren()).doesNotContain(process);

        Process exits = Process.start(() -> System.exit(143));
        exits.join();
        assertThat(exits.exitCode()).hasValue(143);
        assertThat(exits.exitStatus().orElseThrow().signal()).isEmpty();
    }

    @Test
    @DisplayName("P09: kill gives 137, also if shutdown hooks hang")
    void kill() throws InterruptedException {
        Process process = builder().start(Actions::hangInHook);
        out.next();
        process.terminate();
        process.kill();
        process.join();
        assertThat(process.exitCode()).hasValue(137);
        assertThat(process.exitStatus().orElseThrow().signal()).hasValue("SIGKILL");
        assertThat(process.exitStatus().orElseThrow()).hasToString("was killed by SIGKILL");
    }

    @Test
    @DisplayName("P10: interrupt reaches the main thread; uncaught, it ends the process with 1")
    void interrupt() throws InterruptedException {
        Process process = asleep();
        process.interrupt();
        process.join();
        assertThat(process.exitCode()).hasValue(1);
        assertThat(err.text()).contains("InterruptedException");
        assertThat(process.exitStatus().orElseThrow().lastWords()).contains("InterruptedException");
    }

    @Test
    @DisplayName("P10: interrupt at once after the start is not lost")
    void interruptAtOnce() throws InterruptedException {
        Process process = builder().start(Actions::sleepForEver);
        process.interrupt();
        process.join();
        assertThat(process.exitCode()).hasValue(1);
    }

    @Test
    @DisplayName("P10: interrupt with descendants reaches children of children")
    void interruptDescendants() throws InterruptedException {
        Process process = builder().start(() -> {
            Process inner = Process.start(Actions::sleepForEver);
            try {
                inner.join();
            } catch (InterruptedException e) {
                inner.join();
                System.out.println("inner " + inner.exitCode().getAsInt());
            }
        });
        out.next();
        process.interrupt(Reach.WITH_DESCENDANTS);
        process.join();
        assertThat(out.all()).containsExactly("asleep", "inner 1");
    }

    @Test
    @DisplayName("P11: a child ignores SIGINT, which the terminal sends to all")
    void sigintIsIgnored() throws Exception {
        try (Process process = builder().start(Actions::sleepWhenSigintIsIgnored)) {
            out.next();
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.interrupt();
            process.join();
            assertThat(process.exitCode()).hasValue(1); // and not 130
        }
    }

    @Test
    @DisplayName("P12: join(0) and join(-1) do not wait; join after the end is a no-op")
    void joinWithoutWaiting() throws InterruptedException {
        Process process = asleep();
        assertThat(process.join(Duration.ZERO)).isFalse();
        assertThat(process.join(Duration.ofSeconds(-1))).isFalse();
        assertThat(process.join(Duration.ofMillis(1))).isFalse();
        assertThat(process.isAlive()).isTrue();
        process.kill();
        assertThat(process.join(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        process.join();
        assertThat(process.join(Duration.ZERO)).isTrue();
    }

    @Test
    @DisplayName("P13, P17: wrong states are told")
    void wrongStates() throws InterruptedException {
        Process process = Process.builder().unstarted(Actions::nothing);
        assertThatThrownBy(process::join).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::terminate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::kill).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::onExit).isInstanceOf(IllegalStateException.class);
        process.start();
        assertThatThrownBy(process::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("started before");
        process.join();
        process.terminate();
        process.kill();
        process.interrupt();
        assertThat(process.exitCode()).hasValue(0);
    }

    @Test
    @DisplayName("P16: children start children, three generations deep, in order")
    void recursion() throws InterruptedException {
        Process process = builder().start(() -> descend(2, "0"));
        process.join();
        assertThat(err.all()).isEmpty();
        assertThat(out.all()).containsExactly("0", "00", "000", "001", "01", "010", "011");
    }

    private static void descend(int left, String path) throws InterruptedException {
        System.out.println(path);
        for (int i = 0; left > 0 && i < 2; i++) {
            String next = path + i;
            Process.start(() -> descend(left - 1, next)).join();
        }
    }

    @Test
    void whatDependsOnTheExitRunsAlthoughTheCommonPoolIsBlocked() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        List<ForkJoinTask<?>> blocked = new ArrayList<>();
        for (int i = 0; i <= ForkJoinPool.getCommonPoolParallelism(); i++) {
            blocked.add(ForkJoinPool.commonPool().submit(() -> {
                told.await();
                return null;
            }));
        }
        Process process = builder().start(Actions::nothing);
        process.onExit().thenRun(told::countDown);
        told.await(); // else the watchdog ends this
        for (ForkJoinTask<?> each : blocked) {
            each.join();
        }
    }

    @Test
    @DisplayName("P17: onExit completes with the end, whatever is done to the future")
    void onExit() throws Exception {
        Process process = asleep();
        process.onExit().cancel(true);
        var exit = process.onExit();
        assertThat(exit).isNotDone();
        assertThat(process.isAlive()).isTrue();
        process.kill();
        assertThat(exit.get(60, TimeUnit.SECONDS).code()).isEqualTo(137);
    }

    @Test
    @DisplayName("P18: close ends a living process; twice is fine; an unstarted one stays unstarted")
    void close() throws InterruptedException {
        Process process = asleep();
        process.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitCode()).hasValue(143);
        process.close();
        process.join();

        Process unstarted = Process.builder().unstarted(Actions::nothing);
        unstarted.close();
        assertThatThrownBy(unstarted::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    @DisplayName("P18: close kills a process whose shutdown hooks hang")
    void closeKillsWhatHangs() throws InterruptedException {
        Process process = builder().start(Actions::hangInHook);
        out.next();
        Thread.currentThread().interrupt(); // cuts the time it is asked for
        process.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitCode()).hasValue(137);
    }

    @Test
    @DisplayName("P19: many terminated right after their start")
    void terminateAtOnce() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            Process process = Process.builder().stderr(Stdio.lines(err)).start(Actions::nothing);
            process.terminate();
            process.join();
            assertThat(process.exitCode().getAsInt()).isIn(143, 0);
            assertThat(err.all()).isEmpty();
        }
    }

    @Test
    @DisplayName("P20: what the function captured is not kept after the start")
    void nothingIsKept() throws Exception {
        var captured = new Object[] {new byte[1000]};
        Process process = startWith((byte[]) captured[0]);
        var reference = new java.lang.ref.WeakReference<>(captured[0]);
        captured[0] = null;
        process.join();
        org.awaitility.Awaitility.await().until(() -> {
            System.gc();
            return reference.get() == null;
        });
        assertThat(process.exitCode()).hasValue(0);
    }

    private static Process startWith(byte[] bytes) {
        return Process.start(() -> {
            if (bytes.length != 1000) {
                throw new AssertionError();
            }
        });
    }

    @Test
    @DisplayName("P21, P27: a child has no descriptors of its siblings")
    void descriptorsDoNotAddUp() throws InterruptedException {
        Process first = builder().start(() -> System.out.println(openDescriptors()));
        first.join();
        int alone = Integer.parseInt(out.next());
        try (Process a = asleep();
                Process b = asleep()) {
            Process last = builder().start(() -> System.out.println(openDescriptors()));
            last.join();
            assertThat(a.isAlive() && b.isAlive()).isTrue();
            assertThat(Integer.parseInt(out.next())).isLessThanOrEqualTo(alone + 2);
        }
    }

    private static int openDescriptors() {
        String[] open = new java.io.File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    @Test
    @DisplayName("P23: a child whose standard streams are closed runs and ends well")
    void closedStreams(@TempDir Path directory) throws Exception {
        Path marker = directory.resolve("ran");
        Process process = Process.start(() -> {
            System.out.close();
            System.err.close();
            new java.io.FileInputStream(java.io.FileDescriptor.in).close();
            Files.writeString(Path.of(marker.toString()), "yes");
        });
        process.join();
        assertThat(process.exitStatus().orElseThrow().isSuccess()).isTrue();
        assertThat(marker).hasContent("yes");
    }

    @Test
    @DisplayName("P25: an uncaught exception prints its trace on stderr and gives 1")
    void uncaughtException() throws InterruptedException {
        Process process = builder().start(() -> {
            throw new java.io.IOException("outer", new IllegalStateException("inner, größer"));
        });
        process.join();
        assertThat(process.exitCode()).hasValue(1);
        assertThat(err.text())
                .contains(
                        "java.io.IOException: outer",
                        "Caused by: java.lang.IllegalStateException: inner, größer",
                        "ProcessTest.java");
        assertThat(process.exitStatus().orElseThrow().toString())
                .isEqualTo("exited with code 1: java.io.IOException: outer");
    }

    @Test
    @DisplayName("P26: exit and halt give their codes")
    void exitCodes() throws InterruptedException {
        for (int code : new int[] {0, 1, 8, 137}) {
            Process process = Process.start(() -> System.exit(code));
            process.join();
            assertThat(process.exitCode()).hasValue(code);
            assertThat(process.exitStatus().orElseThrow().signal()).isEmpty();
        }
        Process halts = Process.start(() -> Runtime.getRuntime().halt(7));
        halts.join();
        assertThat(halts.exitCode()).hasValue(7);
    }

    @Test
    @DisplayName("P29: flags reach the grandchild")
    void flagsReachTheGrandchild() throws InterruptedException {
        Process process = builder()
                .jvmArgs("-ea:io.procession.process...", "--add-opens=java.base/java.util=ALL-UNNAMED", "-Xmx77m")
                .systemProperty("color", "blue # \"quoted\" \\ größer")
                .start(() -> {
                    System.out.println(describe());
                    Process.start(() -> System.out.println(describe())).join();
                });
        process.join();
        assertThat(err.all()).isEmpty();
        assertThat(out.all())
                .containsExactly(
                        "blue # \"quoted\" \\ größer true true true", "blue # \"quoted\" \\ größer true true false");
    }

    private static String describe() {
        boolean opened = List.class.getModule().isOpen("java.util", ProcessTest.class.getModule());
        boolean small = Runtime.getRuntime().maxMemory() < 100L << 20;
        return System.getProperty("color") + " " + ProcessTest.class.desiredAssertionStatus() + " " + opened + " "
                + small;
    }

    @Test
    @DisplayName("P30: the class path is that of the parent, made absolute, also from another directory")
    void classPathInAnotherDirectory(@TempDir Path directory) throws InterruptedException {
        Process process = builder().directory(directory).start(() -> {
            System.out.println(Path.of("").toAbsolutePath());
            System.out.println(System.getProperty("java.class.path"));
        });
        process.join();
        assertThat(out.next()).isEqualTo(directory.toString());
        for (String entry : out.next().split(java.io.File.pathSeparator)) {
            assertThat(Path.of(entry)).isAbsolute();
        }
    }

    @Test
    @DisplayName("P32: an interrupt of one joiner is his own; the others, and the process, go on")
    void interruptedJoiner() throws Exception {
        Process process = asleep();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(20);
        Thread impatient = new Thread(() -> {
            try {
                process.join();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        impatient.start();
        for (int i = 0; i < 20; i++) {
            new Thread(() -> {
                        try {
                            process.join();
                            joined.countDown();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .start();
        }
        impatient.interrupt();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.isAlive()).isTrue();
        process.kill();
        assertThat(joined.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("P32: a start by an interrupted thread works and keeps the interrupt")
    void startOnAnInterruptedThread() throws InterruptedException {
        Thread.currentThread().interrupt();
        Process process = Process.start(Actions::nothing);
        assertThat(Thread.interrupted()).isTrue();
        process.join();
        assertThat(process.exitCode()).hasValue(0);
    }

    @Test
    @DisplayName("P35: a daemon may start processes, but not without end")
    void depthGuard() throws InterruptedException {
        Process process = builder()
                .daemon(true)
                .systemProperty("procession.max-depth", "2")
                .start(() -> Process.start(() -> {
                            try {
                                Process.start(Actions::nothing);
                            } catch (IllegalStateException e) {
                                System.out.println(e.getMessage());
                            }
                        })
                        .join());
        process.join();
        assertThat(err.all()).isEmpty();
        assertThat(out.next()).contains("2 generations below the root").contains("-Dprocession.max-depth=");
    }
}
