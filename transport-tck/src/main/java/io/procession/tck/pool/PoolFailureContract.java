package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.pool.Pool;
import io.procession.pool.PoolBuilder;
import io.procession.pool.WorkerDiedException;
import io.procession.process.WorkerOptions;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers that end, and tasks that are ended. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // causes are asserted by use
public abstract class PoolFailureContract {
    @TempDir
    Path directory;

    /** For a test class of the transport. */
    protected PoolFailureContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private Pool pool(int workers) {
        return Pool.builder().workers(workers).transport(transport()).build();
    }

    /** Waits for the pid; the watchdog ends what never comes. */
    private static long announced(Path file) throws IOException {
        long pid = read(file);
        while (pid == 0) {
            LockSupport.parkNanos(5_000_000);
            pid = read(file);
        }
        return pid;
    }

    private static long read(Path file) throws IOException {
        return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
    }

    @Test
    @DisplayName("L44, X15: kill -9 of a worker fails the task it runs, and no other")
    void killedWorkerFailsItsTaskOnly() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = pool(2)) {
            CompletableFuture<Integer> doomed = pool.submit(() -> Tasks.announceAndSpin(file));
            long pid = announced(file);
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(doomed::get)
                    .withCauseInstanceOf(WorkerDiedException.class)
                    .satisfies(e -> {
                        WorkerDiedException died = (WorkerDiedException) e.getCause();
                        assertThat(died.pid()).isEqualTo(pid);
                        assertThat(died.exitCode()).isEqualTo(137);
                        assertThat(died.signal()).contains("SIGKILL");
                        assertThat(died).hasMessageContaining("SIGKILL").hasMessageContaining(died.workerName());
                    });
            assertThat(others.stream().map(CompletableFuture::join).toList())
                    .isEqualTo(IntStream.range(0, 20).boxed().toList());
            assertThat(pool.map(Tasks::square, List.of(2, 3))).containsExactly(4, 9);
        }
    }

    @Test
    @DisplayName("the death of a worker is told although stages of the user block every thread that runs them")
    void deathIsToldWhileStagesBlock() throws Exception {
        Path file = directory.resolve("pid");
        Path gate = directory.resolve("gate"); // a stage that is added to what is done would block this thread
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        CountDownLatch blocked = new CountDownLatch(threads);
        CountDownLatch end = new CountDownLatch(1);
        try (Pool pool = pool(1)) {
            for (int i = 0; i < 2 * threads; i++) {
                pool.submit(() -> Tasks.squareAfter(gate, 0)).thenRun(() -> {
                    blocked.countDown();
                    awaitUninterruptibly(end);
                });
            }
            Files.createFile(gate);
            blocked.await();
            CompletableFuture<Integer> doomed = pool.submit(() -> Tasks.announceAndSpin(file));
            ProcessHandle.of(announced(file)).orElseThrow().destroyForcibly();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(doomed::get)
                    .withCauseInstanceOf(WorkerDiedException.class);
            assertThat(pool.submit(() -> 5).join()).isEqualTo(5);
            end.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException again) {
                // waits on
            }
        }
    }

    @Test
    @DisplayName("X18: System.exit in a task is named with its code and the worker's last lines")
    void exitOfAWorkerIsNamed() {
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> future = pool.submit(() -> {
                System.err.println("goodbye, cruel world");
                System.exit(99);
                return 0;
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .satisfies(e -> {
                        WorkerDiedException died = (WorkerDiedException) e.getCause();
                        assertThat(died.exitCode()).isEqualTo(99);
                        assertThat(died.signal()).isEmpty();
                        assertThat(died.standardErrorTail()).contains("goodbye, cruel world");
                        assertThat(died).hasMessageContaining("99").hasMessageContaining("cruel world");
                    });
            assertThat(pool.submit(() -> 5).join()).isEqualTo(5);
        }
    }

    @Test
    @DisplayName(
            "Every task ends its worker: each fails with an exception of its own, and the pool is whole afterwards")
    void survivesManyDeaths() {
        try (Pool pool = pool(2)) {
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                boolean deadly = i % 2 == 0;
                int number = i;
                futures.add(pool.submit(() -> {
                    if (deadly) {
                        Runtime.getRuntime().halt(3);
                    }
                    return number;
                }));
            }
            for (int i = 0; i < 12; i++) {
                CompletableFuture<Integer> future = futures.get(i);
                if (i % 2 == 0) {
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(future::get)
                            .withCauseInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(future.join()).isEqualTo(i);
                }
            }
        }
    }

    @Test
    @DisplayName("A task's crash while it is decoded is its own, too")
    void dyingWhileDecoding() {
        try (Pool pool = pool(1)) {
            HaltsWhenDecoded argument = new HaltsWhenDecoded();
            CompletableFuture<Integer> future = pool.submit(() -> argument.hashCode());
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .withCauseInstanceOf(WorkerDiedException.class);
            assertThat(pool.submit(() -> 5).join()).isEqualTo(5);
        }
    }

    /** Ends the process that decodes it. */
    static final class HaltsWhenDecoded implements java.io.Externalizable {
        private static final long serialVersionUID = 1L;

        public HaltsWhenDecoded() {}

        @Override
        public void writeExternal(java.io.ObjectOutput out) {}

        @Override
        public void readExternal(java.io.ObjectInput in) {
            Runtime.getRuntime().halt(4);
        }
    }

    @Test
    @DisplayName("cancel(true) interrupts a running task; its worker lives on")
    void cancelInterrupts() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> future = pool.submit(() -> Tasks.announceAndWait(file));
            long pid = announced(file);
            assertThat(future.cancel(true)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
            assertThat(pool.submit(() -> ProcessHandle.current().pid()).join()).isEqualTo(pid);
        }
    }

    @Test
    @DisplayName("cancel(true) ends a task that ignores interrupts, with its worker")
    void cancelKills() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> future = pool.submit(() -> Tasks.announceAndSpin(file));
            long pid = announced(file);
            assertThat(future.cancel(true)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
            assertThat(pool.submit(() -> ProcessHandle.current().pid()).join()).isNotEqualTo(pid);
        }
    }

    @Test
    @DisplayName("F01: a task that waits behind another is not run when it is cancelled")
    void cancelledTasksAreNotRun() throws Exception {
        Path file = directory.resolve("pid");
        Path never = directory.resolve("never");
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> first = pool.submit(() -> Tasks.announceAndWait(file));
            List<CompletableFuture<Integer>> behind = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                behind.add(pool.submit(() -> Tasks.announceAndSpin(never)));
            }
            announced(file);
            behind.forEach(future -> assertThat(future.cancel(false)).isTrue());
            // The interrupt of the first goes another way than what takes back the others, and may overtake it.
            Eventually.holds(
                    "the worker holds the first only",
                    () -> pool.stats().queued() + pool.stats().held() == 1);
            first.cancel(true);
            assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
        }
        assertThat(never).doesNotExist();
    }

    @Test
    @DisplayName("A short task behind a long one moves to a worker that has become free")
    void shortTasksDoNotWaitBehindLongOnes() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = pool(2)) {
            pool.map(Tasks::square, IntStream.range(0, 10_000).boxed().toList());
            CompletableFuture<Integer> endless = pool.submit(() -> Tasks.announceAndWait(file));
            announced(file);
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }
            assertThat(others.stream().map(CompletableFuture::join).toList()).hasSize(200);
            assertThat(endless).isNotDone();
            endless.cancel(true);
        }
    }

    @Test
    @DisplayName("L18: closing with a time limit ends what runs and fails what waits")
    void closingWithALimit() throws Exception {
        Path file = directory.resolve("pid");
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        Pool pool = pool(1);
        futures.add(pool.submit(() -> Tasks.announceAndSpin(file)));
        for (int i = 0; i < 1000; i++) {
            futures.add(pool.submit(() -> 1));
        }
        announced(file);
        assertThat(pool.close(Duration.ofMillis(1))).isFalse();
        assertThat(futures)
                .allSatisfy(future -> assertThatExceptionOfType(CancellationException.class)
                        .isThrownBy(future::join)
                        .withStackTraceContaining("time limit")); // newer JDKs put it into the cause
    }

    @Test
    @DisplayName("L18: an interrupted close gives up and keeps the interrupt")
    void interruptedClose() throws Exception {
        Path file = directory.resolve("pid");
        Pool pool = pool(1);
        CompletableFuture<Integer> future = pool.submit(() -> Tasks.announceAndSpin(file));
        announced(file);
        Thread.currentThread().interrupt();
        pool.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
    }

    @Test
    @DisplayName("Workers that cannot start fail the waiting tasks with what the JVM printed")
    void workersThatCannotStart() {
        try (Pool pool = Pool.builder()
                .workers(2)
                .transport(transport())
                .workerOptions(WorkerOptions.defaults().jvmArgs("-XX:NoSuchFlag"))
                .build()) {
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> pool.submit(() -> 1).get())
                    .satisfies(e -> assertThat(e.getCause())
                            .isInstanceOfAny(RejectedExecutionException.class, IllegalStateException.class)
                            .hasMessageContaining("NoSuchFlag"));
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> 1))
                    .withMessageContaining("NoSuchFlag");
        }
    }

    @Test
    @DisplayName(
            "Workers whose files are missing fail the waiting tasks, or the pool, with the name of what is missing")
    void workersWhoseFilesAreMissing() {
        Path agent = directory.resolve("no-agent.jar");
        try (Pool pool = Pool.builder()
                .workers(1)
                .transport(transport())
                .workerOptions(WorkerOptions.defaults().jvmArgs("-javaagent:" + agent))
                .build()) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> 1).get())
                    .withMessageContaining("no-agent.jar");
        }
        PoolBuilder withoutJava = Pool.builder()
                .workers(1)
                .transport(transport())
                .workerOptions(WorkerOptions.defaults().javaExecutable(directory.resolve("no-java")));
        assertThatThrownBy(withoutJava::build).hasMessageContaining("no-java");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC}) // which have SIGSTOP
    @DisplayName("A worker that is stopped while it starts is ended and another takes its place")
    void stoppedWhileStarting() throws Exception {
        Path mark = directory.resolve("stopped");
        String file = mark.toString();
        try (Pool pool = Pool.builder()
                .workers(1)
                .transport(transport())
                .startTimeout(Duration.ofSeconds(1))
                .initializer(() -> Tasks.stopFirst(Path.of(file)), Duration.ofSeconds(3)) // the second has to make it
                .build()) {
            long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
            assertThat(announced(mark)).isNotEqualTo(pid);
        }
    }

    @Test
    @DisplayName("A class path without the classes of a task fails the task and names the class")
    void missingClasses() throws Exception {
        WorkerOptions options = WorkerOptions.defaults().classPath(List.of(directory.resolve("missing.jar")));
        try (Pool pool = Pool.builder()
                .workers(1)
                .transport(transport())
                .workerOptions(options)
                .build()) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> Tasks.square(2)).get())
                    .withStackTraceContaining("io.procession.tck.pool");
        }
    }

    @Test
    @DisplayName("A pool works inside a worker of a pool (P33)")
    void nestedPools() {
        String transport = transport();
        try (Pool pool = pool(1)) {
            List<Integer> squares = pool.submit(() -> {
                        try (Pool inner =
                                Pool.builder().workers(2).transport(transport).build()) {
                            return inner.map(Tasks::square, List.of(1, 2, 3));
                        }
                    })
                    .join();
            assertThat(squares).containsExactly(1, 4, 9);
        }
    }

    @Test
    @DisplayName("A worker that is killed takes the pool inside it along, whatever that one's workers do")
    void nestedPoolsEndWithTheirWorker() throws Exception {
        String transport = transport();
        Path file = directory.resolve("pid");
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> outer = pool.submit(() -> {
                try (Pool inner = Pool.builder().workers(2).transport(transport).build()) {
                    return inner.submit(() -> Tasks.announceAndSpin(file)).get();
                }
            });
            ProcessHandle inner = ProcessHandle.of(announced(file)).orElseThrow();
            ProcessHandle worker = inner.parent().orElseThrow();
            assertThat(worker.pid()).isEqualTo(pool.stats().workers().get(0).pid());
            List<ProcessHandle> below = worker.children().toList();
            worker.destroyForcibly();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(outer::get)
                    .withCauseInstanceOf(WorkerDiedException.class);
            Eventually.holds(
                    "nothing of the pool inside is left", () -> below.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(pool.submit(() -> 5).join()).isEqualTo(5);
        }
    }
}
