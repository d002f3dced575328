package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.pool.Futures;
import io.procession.pool.Pool;
import io.procession.pool.PoolBuilder;
import io.procession.pool.Results;
import io.procession.process.WorkerOptions;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows of the behaviour contract that no other suite is about: what futures say, what is kept of the past, pools that are ended by force. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 180)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // causes are asserted by use
public abstract class PoolRowsContract extends PoolSuite {
    private static final int LARGE_BYTES = 8 << 20;

    /** For a test class of the transport. */
    protected PoolRowsContract() {}

    private static void assertState(CompletableFuture<?> future, boolean done, boolean cancelled, boolean failed) {
        assertThat(List.of(future.isDone(), future.isCancelled(), future.isCompletedExceptionally()))
                .as("done, cancelled, failed")
                .containsExactly(done, cancelled, failed);
    }

    @Test
    @DisplayName(
            "F02, F05: what a future says while its task waits, runs, and has ended in each way; who waits is released")
    void statesOfFutures() throws Exception {
        Path file = directory.resolve("pid");
        Path gate = directory.resolve("gate");
        try (Pool pool = builder(1).build()) {
            CompletableFuture<Integer> running = pool.submit(Spinning.waitingAt(file));
            CompletableFuture<Integer> pending = pool.submit(() -> Tasks.squareAfter(gate, 3));
            CompletableFuture<Integer> unwanted = pool.submit(() -> 1);
            announced(file);
            assertState(running, false, false, false);
            assertState(pending, false, false, false);
            CompletableFuture<Throwable> toldOfCancel = CompletableFuture.supplyAsync(() -> failureOf(running));
            CompletableFuture<Integer> toldOfResult = CompletableFuture.supplyAsync(pending::join);
            unwanted.cancel(false);
            assertState(unwanted, true, true, true);
            running.cancel(true);
            assertState(running, true, true, true);
            assertThat(toldOfCancel.get(1, TimeUnit.MINUTES)).isInstanceOf(CancellationException.class);
            Files.createFile(gate);
            assertThat(toldOfResult.get(1, TimeUnit.MINUTES)).isEqualTo(9);
            assertState(pending, true, false, false);
            CompletableFuture<Integer> failing = pool.submit(Tasks::fail);
            assertThat(failure(failing)).isInstanceOf(ArithmeticException.class);
            assertState(failing, true, false, true);
            assertThat(List.of(pending.cancel(true), failing.cancel(true))).containsOnly(false);
            assertState(pending, true, false, false);
            assertState(failing, true, false, true);
        }
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        try {
            return new AssertionError("not cancelled but " + future.join());
        } catch (CancellationException e) {
            return e;
        }
    }

    @Test
    @DisplayName(
            "F04, F07, L28: an ended task is asked without waiting, its callback gets what get throws; what came first stays")
    void endedTasks() throws Exception {
        AtomicReference<Throwable> heard = new AtomicReference<>();
        try (Pool pool = builder(1).build()) {
            CompletableFuture<Integer> failing = pool.submit(Tasks::fail);
            failing.handle((result, failure) -> {
                        heard.set(failure);
                        return 0;
                    })
                    .get();
            assertThat(heard.get()).isInstanceOf(ArithmeticException.class).hasMessage("as asked");
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> failing.get(0, TimeUnit.SECONDS))
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(heard.get()));
            CompletableFuture<Integer> succeeding = pool.submit(() -> 1);
            assertThat(succeeding.get()).isEqualTo(1);
            assertThat(succeeding.get(0, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(succeeding.complete(2)).isFalse();
            assertThat(succeeding.completeExceptionally(new TimeoutException())).isFalse();
            assertThat(failing.complete(2)).isFalse();
            assertThat(succeeding.join()).isEqualTo(1);
            assertThat(failure(failing)).isSameAs(heard.get());
            Path gate = directory.resolve("gate");
            CompletableFuture<Integer> byHand = pool.submit(() -> Tasks.squareAfter(gate, 4));
            assertThat(byHand.complete(3)).isTrue();
            Files.createFile(gate);
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5); // it has been answered by now
            assertThat(byHand.join()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("F06: who asks late is told at once, and a cancelled task tells those who wait for it")
    void lateAndCancelled() throws Exception {
        AtomicReference<Throwable> heard = new AtomicReference<>();
        try (Pool pool = builder(1).build()) {
            CompletableFuture<Integer> done = pool.submit(() -> 1);
            done.join();
            assertThat(done.thenApply(one -> one + 1)).isCompletedWithValue(2);
            CompletableFuture<Integer> unwanted = pool.submit(Tasks::waitForInterrupt);
            CompletableFuture<Integer> told = unwanted.whenComplete((result, failure) -> heard.set(failure));
            unwanted.cancel(true);
            told.handle((result, failure) -> 0).get();
            assertThat(heard.get()).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    @DisplayName(
            "F08, F10, F11, F12, F14: waiting for the first, for a failure, for all of several tasks, and for one after the other")
    void severalTasks() throws Exception {
        Path gate = directory.resolve("gate");
        Path other = directory.resolve("other");
        try (Pool pool = builder(2).build()) {
            CompletableFuture<Integer> fast = pool.submit(() -> 1);
            CompletableFuture<Integer> failing = pool.submit(Tasks::fail);
            CompletableFuture<Integer> slow = pool.submit(() -> Tasks.squareAfter(gate, 2));
            assertThat(Futures.waitFirst(List.of(slow, fast)))
                    .isEqualTo(new Futures.Split<>(Set.of(fast), Set.of(slow)));
            assertThat(Futures.waitFirstFailure(List.of(slow, failing)))
                    .isEqualTo(new Futures.Split<>(Set.of(failing), Set.of(slow)));
            assertThat(Futures.waitAll(List.of(slow, fast, fast), Duration.ofMillis(20)))
                    .isEqualTo(new Futures.Split<>(Set.of(fast), Set.of(slow)));
            CompletableFuture<Integer> slower = pool.submit(() -> Tasks.squareAfter(other, 3));
            Results<CompletableFuture<Integer>> completed = Futures.asCompleted(List.of(slower, slow, fast, fast));
            assertThat(completed.next()).isSameAs(fast);
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> completed.next(Duration.ofMillis(1)));
            Files.createFile(gate);
            assertThat(completed.next()).isSameAs(slow);
            Files.createFile(other);
            assertThat(completed.next()).isSameAs(slower);
            assertThat(completed.hasNext()).isFalse();
            assertThat(Futures.waitAll(List.of(slow, slower, failing)).notDone())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("L26, X13: neither the pool nor its workers keep arguments or results of tasks that have ended")
    void nothingIsKept() throws Exception {
        List<CompletableFuture<Integer>> kept = new ArrayList<>();
        try (Pool pool = builder(1)
                .workerOptions(WorkerOptions.defaults().maxHeap("64m"))
                .build()) {
            WeakReference<byte[]> argument = large(pool, kept);
            WeakReference<byte[]> result =
                    new WeakReference<>(pool.submit(() -> new byte[LARGE_BYTES]).join());
            for (int i = 0; i < 15; i++) {
                large(pool, kept); // a worker that kept them would be full
                assertThat(pool.submit(() -> new byte[LARGE_BYTES]).join()).hasSize(LARGE_BYTES);
            }
            Eventually.holds("the argument and the result can be collected", () -> {
                System.gc();
                return argument.get() == null && result.get() == null;
            });
            assertThat(kept).allSatisfy(future -> assertThat(future).isCompletedWithValue(LARGE_BYTES));
        }
    }

    private static WeakReference<byte[]> large(Pool pool, List<CompletableFuture<Integer>> futures) {
        byte[] argument = new byte[LARGE_BYTES];
        CompletableFuture<Integer> future = pool.submit(() -> argument.length);
        future.join();
        futures.add(future);
        return new WeakReference<>(argument);
    }

    @Test
    @DisplayName(
            "X20: tasks that come one after the other are run by the workers there are, and no process is started for them")
    void workersAreReused() {
        try (Pool pool = builder(2).build()) {
            Set<Long> pids = new TreeSet<>();
            for (int i = 0; i < 50; i++) {
                pids.add(pid(pool));
            }
            assertThat(pids).hasSizeBetween(1, 2);
            assertThat(pool.stats().workers()).hasSize(2);
            assertThat(pool.stats().endings()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "X19: fifteen times as many tasks as workers, all blocked: never more processes than workers, and all finish")
    void saturation() throws Exception {
        Path gate = directory.resolve("gate");
        int workers = 2;
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        try (Pool pool = builder(workers).build()) {
            for (int i = 0; i < 15 * workers; i++) {
                Path begun = directory.resolve("begun-" + i);
                futures.add(pool.submit(() -> {
                    Tasks.announceSize(begun, new byte[0]);
                    Tasks.squareAfter(gate, 1);
                    return ProcessHandle.current().pid();
                }));
            }
            Eventually.holds("each worker has begun one", () -> begun() == workers);
            assertThat(pool.stats().workers()).hasSize(workers);
            assertThat(pool.stats().queued() + pool.stats().held()).isEqualTo(futures.size());
            Files.createFile(gate);
            Set<Long> pids = new TreeSet<>();
            futures.forEach(future -> pids.add(future.join()));
            assertThat(pids).hasSizeLessThanOrEqualTo(workers);
            assertThat(pool.stats().endings()).isEmpty();
        }
    }

    private long begun() {
        return Arrays.stream(directory.toFile().list())
                .filter(name -> name.matches("begun-\\d+"))
                .count();
    }

    @Test
    @DisplayName("X51: bringing tasks never waits for a worker that takes none")
    void submitDoesNotWaitForWorkers() throws Exception {
        byte[] some = new byte[10_000];
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (Pool pool = builder(1).build()) {
            long pid = pid(pool);
            Signal.send("STOP", pid);
            for (int i = 0; i < 1000; i++) { // more than lies between two processes
                futures.add(pool.submit(() -> some.length));
            }
            Signal.send("CONT", pid);
            for (CompletableFuture<Integer> future : futures) {
                assertThat(future.get()).isEqualTo(some.length);
            }
        }
    }

    @Test
    @DisplayName("L21: a pool that was left is not entered again")
    void notEnteredAgain() {
        Pool pool = builder(1).build();
        try (pool) {
            assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
        }
        try (pool) {
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> 1))
                    .withMessageContaining("closed");
        }
    }

    @Test
    @DisplayName(
            "X29, X32: ended by force, a blocked task never finishes, the workers are gone, and no task is taken any more")
    void endedByForce() throws Exception {
        Path file = directory.resolve("pid");
        Path gate = directory.resolve("gate");
        Pool pool = builder(2).build();
        CompletableFuture<Integer> blocked = pool.submit(() -> {
            Tasks.announceSize(file, new byte[0]);
            Tasks.squareAfter(gate, 1);
            Files.createFile(gate.resolveSibling("after"));
            return 1;
        });
        long pid = announced(file);
        pool.close(Duration.ZERO);
        Files.createFile(gate);
        assertThat(blocked).isCancelled();
        Eventually.holds(
                "the worker is gone",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(pool.stats().workers()).isEmpty();
        assertThat(gate.resolveSibling("after")).doesNotExist();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.submit(() -> 1));
    }

    @Test
    @DisplayName("X30, X31: to end a pool that is broken, or whose workers are still starting, is no error")
    void endedBeforeItsWorkersAreThere() {
        Pool starting = builder(2).build();
        CompletableFuture<Integer> task = starting.submit(Tasks::waitForInterrupt);
        starting.close(Duration.ZERO);
        assertThat(task).isCancelled();
        assertThat(starting.stats().workers()).isEmpty();
        Pool broken = builder(1).crashBudget(1, Duration.ofHours(1)).build();
        failure(broken.submit(() -> Runtime.getRuntime().halt(9)));
        failure(broken.submit(() -> Runtime.getRuntime().halt(9)));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> broken.submit(() -> 1));
        assertThat(broken.shutdownNow()).isEmpty();
        broken.close(Duration.ZERO);
        broken.close();
        assertThat(broken.isTerminated()).isTrue();
    }

    @Test
    @DisplayName("X25: a pool that recycles and is dropped by everybody finishes what it accepted, and ends")
    void dropped() throws Exception {
        List<CompletableFuture<Long>> futures = submitAndForget(builder(2).maxTasksPerWorker(2));
        Eventually.holds("all is answered", () -> {
            System.gc();
            return futures.stream().allMatch(CompletableFuture::isDone);
        });
        Set<Long> pids = new TreeSet<>();
        futures.forEach(future -> pids.add(future.join()));
        Eventually.isEmpty("workers of a pool that nobody has", Duration.ofSeconds(60), () -> {
            System.gc();
            return pids.stream()
                    .filter(pid ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                    .toList();
        });
    }

    private static List<CompletableFuture<Long>> submitAndForget(PoolBuilder builder) {
        Pool pool = builder.build();
        return IntStream.range(0, 8)
                .mapToObj(i -> pool.submit(() -> ProcessHandle.current().pid()))
                .toList();
    }

    @Test
    @Tag("long")
    @DisplayName(
            "L36, X52: 200 workers, more than the 61 of other systems: the sum of squares is right, and each has worked")
    void manyWorkers() throws Exception {
        List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
        try (Pool pool = builder(200)
                .workerOptions(WorkerOptions.defaults().maxHeap("32m").jvmArgs("-XX:+UseSerialGC"))
                .startTimeout(Duration.ofMinutes(2))
                .build()) {
            assertThat(pool.map(Tasks::square, numbers).stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(332_833_500);
            Set<Long> pids = new TreeSet<>();
            while (pids.size() < 200) { // bounded by the watchdog
                pids.addAll(pool.map(Tasks::pid, numbers));
            }
            assertThat(pids).hasSize(200);
            assertThat(pool.stats().endings()).isEmpty();
        }
    }
}
