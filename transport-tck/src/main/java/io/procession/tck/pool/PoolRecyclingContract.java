package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.procession.pool.EndReason;
import io.procession.pool.Pool;
import io.procession.pool.PoolBuilder;
import io.procession.pool.PoolStats;
import io.procession.pool.WorkerMemoryException;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that are replaced before anything is wrong with them, and those that take too much. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("NullAway") // causes are asserted by use
public abstract class PoolRecyclingContract extends PoolSuite {
    /** For a test class of the transport. */
    protected PoolRecyclingContract() {}

    /** What tasks leave behind in their worker. */
    private static final List<Object> KEPT = new ArrayList<>();

    @Test
    @DisplayName("L30: with 10 tasks a worker, 100 tasks of 3 workers are all answered, by at least 10 processes")
    void tasksPerWorker() throws Exception {
        try (Pool pool = builder(3).maxTasksPerWorker(10).build()) {
            List<CompletableFuture<Long>> pids = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                pids.add(pool.submit(() -> ProcessHandle.current().pid()));
            }
            List<Long> all = pids.stream().map(CompletableFuture::join).toList();
            assertThat(all).doesNotContain(0L);
            assertThat(new LinkedHashSet<>(all)).hasSizeGreaterThanOrEqualTo(10);
            assertRecycled(pool, EndReason.TASKS, 7); // of the last three, which may have tasks to run
        }
    }

    @Test
    @DisplayName("X21: with 3 tasks a worker, the same process runs 3, and another the 4th")
    void threeTasks() {
        try (Pool pool = builder(1).maxTasksPerWorker(3).build()) {
            long first = pid(pool);
            assertThat(pid(pool)).isEqualTo(first);
            assertThat(pid(pool)).isEqualTo(first);
            assertThat(pid(pool)).isNotEqualTo(first);
        }
    }

    @ParameterizedTest(name = "X23: {0} workers, {1} tasks each, {2} tasks")
    @CsvSource({"1, 2, 6", "2, 2, 8", "3, 1, 6"})
    void pendingTasks(int workers, int limit, int tasks) {
        try (Pool pool = builder(workers).maxTasksPerWorker(limit).build()) {
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                int number = i;
                futures.add(pool.submit(() -> number));
            }
            assertThat(futures.stream().map(CompletableFuture::join).toList())
                    .isEqualTo(IntStream.range(0, tasks).boxed().toList());
        }
    }

    @Test
    @DisplayName("X28, X41: a pool that recycles is closed at once: all results come, failures too")
    void closedAtOnce() {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (Pool pool = builder(3).maxTasksPerWorker(1).build()) {
            for (int i = 0; i < 6; i++) {
                int number = i;
                futures.add(pool.submit(() -> number == 3 ? Tasks.fail() : number));
            }
        }
        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThat(failure(futures.get(3))).isInstanceOf(ArithmeticException.class);
        assertThat(futures.get(5).join()).isEqualTo(5);
    }

    @Test
    @DisplayName("X26: a pool that recycles is ended: nobody takes the place of who retires, and what waits is told")
    void endedWhileRecycling() {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        Pool pool = builder(2).maxTasksPerWorker(1).build();
        for (int i = 0; i < 200; i++) {
            futures.add(pool.submit(() -> 1));
        }
        futures.get(3).join();
        pool.close(Duration.ZERO);
        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThat(futures.get(199)).isCancelled();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(futures.get(199)::join)
                .withStackTraceContaining("time limit");
        assertThat(pool.stats().workers()).isEmpty();
    }

    @Test
    @DisplayName("A worker that has become old is replaced, without a task being lost")
    void age() throws Exception {
        try (Pool pool = builder(1).maxWorkerAge(Duration.ofMillis(300)).build()) {
            Set<Long> pids = new LinkedHashSet<>();
            Eventually.holds("three generations", () -> {
                pids.add(pid(pool));
                return pids.size() >= 3;
            });
            assertRecycled(pool, EndReason.AGE, 2);
        }
    }

    @Test
    @DisplayName("A worker that keeps too much memory is replaced after its task")
    void memory() throws Exception {
        try (Pool pool = builder(1).maxWorkerMemory("400m").build()) {
            long greedy = pool.submit(() -> keep(500 << 20)).join();
            Eventually.holds("the worker is replaced", () -> pid(pool) != greedy);
            assertRecycled(pool, EndReason.MEMORY, 1);
        }
    }

    @Test
    @DisplayName("A worker that keeps too much of its heap is replaced after its task")
    void heap() throws Exception {
        try (Pool pool = builder(1).maxWorkerHeap("50m").build()) {
            long greedy = pool.submit(() -> keep(100 << 20)).join();
            Eventually.holds(
                    "the worker is replaced",
                    () -> pool.submit(() -> {
                                        System.gc();
                                        return ProcessHandle.current().pid();
                                    })
                                    .join()
                            != greedy);
            assertRecycled(pool, EndReason.HEAP, 1);
        }
    }

    /** Counted, and no death, loss or second run for anybody. */
    private static void assertRecycled(Pool pool, EndReason reason, int least) throws InterruptedException {
        Eventually.holds(
                "recycling for " + reason + " is counted",
                () -> pool.stats().endings().getOrDefault(reason, 0L) >= least);
        PoolStats stats = pool.stats();
        assertThat(stats.endings()).containsOnlyKeys(reason);
        assertThat(stats.recycles()).isEqualTo(stats.endings().get(reason));
        assertThat(stats.deaths() + stats.lost() + stats.failed() + stats.retried())
                .isZero();
    }

    private static long keep(int bytes) {
        byte[] block = new byte[bytes];
        Arrays.fill(block, (byte) 1);
        KEPT.add(block);
        return ProcessHandle.current().pid();
    }

    @Test
    @DisplayName(
            "A worker that takes more memory than it may ever is killed, and its task says so; the next worker is a fresh one")
    void memoryLimit() {
        try (Pool pool = builder(1).workerMemoryLimit("400m").retryOnCrash(3).build()) {
            long before = pid(pool);
            Throwable failure = failure(pool.submit(() -> {
                keep(500 << 20);
                return Tasks.spin();
            }));
            assertThat(failure).isInstanceOf(WorkerMemoryException.class);
            WorkerMemoryException large = (WorkerMemoryException) failure;
            assertThat(large.pid()).isEqualTo(before);
            assertThat(large.residentBytes()).isGreaterThan(400L << 20);
            assertThat(large.limitBytes()).isEqualTo(400L << 20);
            assertThat(large)
                    .hasMessageContaining("allows 400 MiB")
                    .hasMessageContaining("PoolBuilder.workerMemoryLimit");
            assertThat(pid(pool)).isNotEqualTo(before);
            assertThat(pool.stats().endings()).containsOnly(entry(EndReason.MEMORY_LIMIT, 1L));
        }
    }

    @Test
    @DisplayName("L32, X22: impossible limits are refused, each with what was given")
    void impossibleLimits() {
        PoolBuilder builder = Pool.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxTasksPerWorker(0))
                .withMessageContaining("not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxTasksPerWorker(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxWorkerAge(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxWorkerMemory("much"))
                .withMessageContaining("much");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxWorkerMemory("0"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxWorkerHeap("12 m"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.workerMemoryLimit("99999999999g"));
    }
}
