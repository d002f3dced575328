package io.procession.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.internal.family.FamilyFirst;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a process, and what is said of it. */
@ExtendWith(FamilyFirst.class)
@Guarded
class FailureTest {
    private final Lines out = new Lines();
    private final Lines err = new Lines();

    private Process.Builder builder() {
        return Process.builder().stdout(Stdio.lines(out)).stderr(Stdio.lines(err));
    }

    @Test
    void aCrashOfTheJvmIsToldWithItsReport(@TempDir Path directory) throws Exception {
        Process process = builder().directory(directory).start(Actions::sleepForEver);
        out.next();
        Signal.send("SEGV", process.pid());
        process.join();
        ExitStatus status = process.exitStatus().orElseThrow();
        assertThat(status.code()).isEqualTo(134);
        assertThat(status.signal()).hasValue("SIGSEGV");
        assertThat(status.toString()).contains("was killed by SIGSEGV: SIGSEGV (0x");
        assertThat(status.crashFile().orElseThrow())
                .hasParent(directory)
                .hasFileName("hs_err_pid" + process.pid() + ".log")
                .content()
                .contains("A fatal error has been detected");
    }

    @Test
    void aStoppedProcessCanBeKilled() throws Exception {
        Process process = builder().start(Actions::sleepForEver);
        out.next();
        Signal.send("STOP", process.pid());
        process.terminate(); // has no effect until it is continued
        assertThat(process.isAlive()).isTrue();
        process.kill();
        process.join();
        assertThat(process.exitStatus().orElseThrow().signal()).hasValue("SIGKILL");
    }

    @Test
    void aStoppedProcessIsTerminatedWhenItGoesOn() throws Exception {
        Process process = builder().start(Actions::sleepForEver);
        out.next();
        Signal.send("STOP", process.pid());
        process.terminate();
        Signal.send("CONT", process.pid());
        process.join();
        assertThat(process.exitStatus().orElseThrow().signal()).hasValue("SIGTERM");
    }

    @Test
    void killWithDescendantsReachesProcessesThatOthersStarted() throws Exception {
        Process process = builder().start(() -> {
            java.lang.Process foreign = new ProcessBuilder("sleep", "1000").start();
            System.out.println(foreign.pid());
            foreign.waitFor();
        });
        ProcessHandle foreign = ProcessHandle.of(Long.parseLong(out.next())).orElseThrow();
        process.kill(Reach.WITH_DESCENDANTS);
        process.join();
        foreign.onExit().get(60, TimeUnit.SECONDS);
    }

    @Test
    void anHeirOfThePipeDoesNotHoldUpTheJoin() throws Exception {
        Process process = builder().start(() -> {
            long pid = new ProcessBuilder("sleep", "1000").inheritIO().start().pid();
            System.out.println(pid);
        });
        process.join();
        ProcessHandle heir = ProcessHandle.of(Long.parseLong(out.next())).orElseThrow();
        assertThat(heir.isAlive()).isTrue();
        assertThat(process.exitStatus().orElseThrow().isSuccess()).isTrue();
        heir.destroyForcibly();
    }

    @Test
    void aConsumerThatThrowsLosesItsLineOnly() throws Exception {
        CountDownLatch lines = new CountDownLatch(2);
        Process process = Process.builder()
                .stdout(Stdio.lines(line -> {
                    lines.countDown();
                    throw new IllegalStateException("on purpose: " + line);
                }))
                .start(() -> System.out.println("one\ntwo"));
        process.join();
        assertThat(lines.getCount()).isZero();
        assertThat(process.exitStatus().orElseThrow().incomplete()).isEmpty();
    }

    @Test
    void aVeryLongOutputArrivesBeforeTheJoinReturns() throws Exception {
        Process process = builder().start(() -> {
            for (int i = 0; i < 50_000; i++) {
                System.out.println("line " + i);
            }
            System.exit(0);
        });
        process.join();
        assertThat(out.all()).hasSize(50_000).endsWith("line 49999");
    }

    @Test
    void outputGoesToFilesAndInputComesFromOne(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("out.txt");
        Path input = Files.writeString(directory.resolve("in.txt"), "from a file");
        for (Stdio stdio : List.of(Stdio.file(file), Stdio.appendTo(file), Stdio.discard())) {
            Process.builder()
                    .stdin(input)
                    .stdout(stdio)
                    .start(() -> System.out.print(new String(System.in.readAllBytes()) + ";"))
                    .join();
        }
        assertThat(file).hasContent("from a file;from a file;");
    }

    @Test
    void aMainClassThatDoesNotExist() throws Exception {
        Process process = builder().startMain("no.such.Main");
        process.join();
        assertThat(process.exitCode()).hasValue(1);
        assertThat(process.exitStatus().orElseThrow().lastWords()).contains("ClassNotFoundException: no.such.Main");
    }

    @Test
    void aFlagTheJvmRefusesIsToldInItsOwnWords() throws Exception {
        Process process = builder().jvmArgs("-Xmx1k").start(Actions::nothing);
        process.join();
        ExitStatus status = process.exitStatus().orElseThrow();
        assertThat(status.hasStarted()).isFalse();
        assertThat(status.isSuccess()).isFalse();
        assertThat(status.toString()).contains("did not start").contains("Too small maximum heap");
    }

    @Test
    void aWorkingDirectoryThatIsNotThere() {
        assertThatThrownBy(() -> builder().directory(Path.of("/no/such/place")).start(Actions::nothing))
                .isInstanceOf(ProcessStartException.class)
                .hasMessageContaining("/no/such/place");
        assertThat(Process.activeChildren()).isEmpty();
    }

    static final class Deletes {
        public static void main(String[] arguments) throws Exception {
            Lines lines = new Lines();
            Process before = Process.builder().stdout(Stdio.lines(lines)).start(Actions::sleepForEver);
            lines.next();
            File place = new File(System.getProperty("procession.directory"));
            try (Stream<Path> all = Files.walk(place.toPath())) {
                all.sorted(java.util.Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
            try {
                Process.start(Actions::nothing);
            } catch (ProcessStartException e) {
                System.out.println(e.getMessage());
            }
            before.terminate();
            before.join();
            System.out.println("before: " + before.exitStatus().orElseThrow());
        }
    }

    @Test
    void aCleanerThatDeletesTheDirectoryDoesNoHarmToWhatRuns(@TempDir Path place) throws Exception {
        try (Root root = Root.start(List.of("-Dprocession.directory=" + place.resolve("p")), Deletes.class)) {
            List<String> lines = root.finish();
            assertThat(lines.toString()).contains("has been deleted", "before: was killed by SIGTERM");
        }
    }

    /** Has too many files open at the moment when a child connects, and later no more. */
    static final class Exhausted {
        public static void main(String[] arguments) throws Exception {
            interruptedAfter(() -> {}); // all classes are loaded now
            interruptedAfter(() -> {
                try {
                    while (true) {
                        OPEN.add(new FileInputStream("/dev/null"));
                    }
                } catch (IOException tooMany) {
                    exhausted = true;
                }
            });
            System.out.println("exhausted " + exhausted);
        }

        private static boolean exhausted;
        private static final List<FileInputStream> OPEN = new ArrayList<>(1000);

        private static void interruptedAfter(Runnable exhaust) throws Exception {
            Lines lines = new Lines();
            Process child = Process.builder()
                    .stdout(Stdio.lines(lines))
                    .stderr(Stdio.discard())
                    .start(Exhausted::connect);
            exhaust.run();
            lines.next();
            for (FileInputStream each : OPEN) {
                each.close();
            }
            child.interrupt();
            System.out.println(child.join(Duration.ofSeconds(20)) ? "interrupted" : "deaf");
            child.close();
        }

        /** Reads what its parent says, or has met a parent that cannot listen. */
        private static final Set<String> CONNECTED_OR_REFUSED = Set.of("fill", "pauseBeforeNextCall");

        static void connect() throws InterruptedException {
            awaitControl(CONNECTED_OR_REFUSED);
            System.out.println("called");
            new CountDownLatch(1).await();
        }

        static void awaitControl(Set<String> methods) {
            Thread control = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("procession-control"))
                    .findFirst()
                    .orElseThrow();
            while (Stream.of(control.getStackTrace())
                    .map(StackTraceElement::getMethodName)
                    .noneMatch(methods::contains)) {
                Thread.onSpinWait();
            }
        }
    }

    /** Its child has opened all files it may when it wants to connect, and closes them when it could not. */
    static final class ExhaustedChild {
        public static void main(String[] arguments) throws Exception {
            Lines lines = new Lines();
            try (Process child = Process.builder()
                    .stdout(Stdio.lines(lines))
                    .stderr(Stdio.discard())
                    .start(ExhaustedChild::connect)) {
                lines.next();
                child.interrupt();
                System.out.println(child.join(Duration.ofSeconds(20)) ? "interrupted" : "deaf");
            }
        }

        static void connect() throws Exception {
            Exhausted.awaitControl(Set.of("run")); // all classes of this test are loaded
            List<FileInputStream> open = new ArrayList<>(1000);
            try {
                while (true) {
                    open.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException tooMany) {
                Exhausted.awaitControl(Set.of("pauseBeforeNextCall", "fill"));
            }
            for (FileInputStream each : open) {
                each.close();
            }
            System.out.println("called");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aChildThatHadNoFilesLeftToConnectWithConnectsWhenItHas() throws Exception {
        ProcessBuilder builder = Root.builder(List.of(), ExhaustedChild.class);
        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"));
        limited.addAll(builder.command());
        try (Root root = Root.start(builder.command(limited))) {
            assertThat(root.finish()).containsExactly("interrupted");
        }
    }

    @Test
    void tooManyOpenFilesKeepAChildWaitingAndNotOutForEver() throws Exception {
        ProcessBuilder builder = Root.builder(List.of(), Exhausted.class);
        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"));
        limited.addAll(builder.command());
        try (Root root = Root.start(builder.command(limited))) {
            assertThat(root.finish()).containsExactly("interrupted", "interrupted", "exhausted true");
        }
    }

    static final class Inherits {
        public static void main(String[] arguments) throws Exception {
            Process.start(() -> System.out.println("child "
                            + java.lang.management.ManagementFactory.getRuntimeMXBean()
                                    .getInputArguments()
                            + " " + System.getenv("JAVA_TOOL_OPTIONS") + " " + System.getenv("JDK_JAVA_OPTIONS")))
                    .join();
        }
    }

    @Test
    void flagsAreInheritedByPolicyWhereverTheyWereGiven(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("gc.log");
        ProcessBuilder builder = Root.builder(
                List.of(
                        "-Dgiven=yes",
                        "-ea",
                        "-Xss2m",
                        "-Xmx123m",
                        "-Xlog:gc:file=" + log,
                        "-Dcom.sun.management.jmxremote.port=0",
                        "-Dcom.sun.management.jmxremote.authenticate=false",
                        "-Dcom.sun.management.jmxremote.ssl=false",
                        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"),
                Inherits.class);
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dtool=yes -XX:+UseSerialGC");
        builder.environment().put("JDK_JAVA_OPTIONS", "--add-opens=java.base/java.io=ALL-UNNAMED");
        try (Root root = Root.start(builder)) {
            String child = root.await("child ");
            assertThat(child)
                    .contains("-Dgiven=yes", "-Dtool=yes", "-ea", "-Xss2m", "--add-opens=java.base/java.io=ALL-UNNAMED")
                    .doesNotContain("-Xmx123m", "gc.log", "jmxremote", "jdwp", "SerialGC")
                    .endsWith(" null null");
            assertThat(root.exit()).isZero();
            assertThat(root.lines().toString())
                    .doesNotContain(
                            "ERROR", "Picked up JAVA_TOOL_OPTIONS: -Dtool=yes -XX:+UseSerialGC, Picked up JAVA");
        }
    }

    @Test
    void nothingSecretIsOnTheCommandLine() throws Exception {
        try (Process process = builder().systemProperty("password", "xyzzy").start(Actions::sleepForEver)) {
            out.next();
            assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")))
                    .doesNotContain("xyzzy");
        }
    }
}
