package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.procession.pool.Pool;
import io.procession.pool.WhenFull;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pools in which only so many tasks may wait. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // causes are asserted by use
public abstract class PoolBoundContract {
    private static final int ROOM = 3;

    @TempDir
    Path directory;

    /** For a test class of the transport. */
    protected PoolBoundContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private Pool pool(WhenFull whenFull) {
        return Pool.builder()
                .workers(1)
                .transport(transport())
                .maxQueued(ROOM, whenFull)
                .build();
    }

    /** Fills the pool with tasks that wait for the gate. */
    private List<CompletableFuture<Integer>> fill(Pool pool) {
        String gate = directory.resolve("gate").toString();
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < ROOM + 1; i++) {
            int number = i;
            futures.add(pool.submit(() -> Tasks.squareAfter(Path.of(gate), number)));
        }
        return futures;
    }

    private void open() throws IOException {
        Files.createFile(directory.resolve("gate"));
    }

    private static List<Thread> submitters(Pool pool, int count, AtomicInteger done, AtomicInteger refused)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(null, () -> submit(pool, done, refused), "submitter", 128 << 10);
            thread.start();
            threads.add(thread);
        }
        Eventually.holds(
                "all wait for room",
                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        return threads;
    }

    private static void submit(Pool pool, AtomicInteger done, AtomicInteger refused) {
        try {
            pool.submit(() -> 1).join();
            done.incrementAndGet();
        } catch (RejectedExecutionException e) {
            refused.incrementAndGet();
        }
    }

    @Test
    @DisplayName("A full pool keeps who brings more waiting, and takes all of them in the end, however many")
    void blocks() throws Exception {
        blocks(300);
    }

    @Test
    @Tag("long")
    @DisplayName("10,000 callers wait for room in a full pool, each in a thread, and each of their tasks is run")
    void blocksVeryMany() throws Exception {
        blocks(10_000);
    }

    private void blocks(int callers) throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (Pool pool = pool(WhenFull.BLOCK)) {
            List<CompletableFuture<Integer>> first = fill(pool);
            List<Thread> waiting = submitters(pool, callers, done, refused);
            assertThat(done).hasValue(0);
            open();
            for (Thread thread : waiting) {
                thread.join();
            }
            assertThat(first).allSatisfy(future -> assertThat(future).isCompleted());
        }
        assertThat(done).hasValue(callers);
        assertThat(refused).hasValue(0);
    }

    @Test
    @DisplayName("Closing tells those who wait for room, and an interrupt tells one")
    void closing() throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Pool pool = pool(WhenFull.BLOCK);
        List<CompletableFuture<Integer>> first = fill(pool);
        List<Thread> waiting = submitters(pool, 20, done, refused);
        waiting.get(7).interrupt();
        waiting.get(7).join();
        assertThat(refused).hasValue(1);
        pool.shutdown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(refused).hasValue(20);
        open();
        pool.close();
        assertThat(first).allSatisfy(future -> assertThat(future).isCompleted());
    }

    @Test
    @DisplayName("A full pool refuses, and takes more when there is room again")
    void rejects() throws Exception {
        try (Pool pool = pool(WhenFull.REJECT)) {
            List<CompletableFuture<Integer>> first = fill(pool);
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> 1))
                    .withMessageContaining("full")
                    .withMessageContaining(String.valueOf(ROOM));
            open();
            first.forEach(CompletableFuture::join);
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
            assertThat(pool.map(Tasks::square, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)))
                    .hasSize(9);
        }
    }

    @Test
    @DisplayName("A cancelled task makes room")
    void cancelMakesRoom() throws Exception {
        try (Pool pool = pool(WhenFull.REJECT)) {
            List<CompletableFuture<Integer>> first = fill(pool);
            first.get(ROOM).cancel(false);
            Eventually.holds("there is room", () -> {
                try {
                    return pool.submit(() -> 1) != null;
                } catch (RejectedExecutionException e) {
                    return false; // the worker has not given it back yet
                }
            });
            open();
        }
    }

    @Test
    @DisplayName("Who brings a task to a full pool runs it")
    void callerRuns() throws Exception {
        Thread caller = Thread.currentThread();
        try (Pool pool = pool(WhenFull.CALLER_RUNS)) {
            fill(pool);
            CompletableFuture<Long> here =
                    pool.submit(() -> ProcessHandle.current().pid());
            assertThat(here).isCompletedWithValue(ProcessHandle.current().pid());
            int[] ran = new int[1];
            pool.submit(() -> {
                ran[0]++;
            });
            assertThat(ran[0]).isEqualTo(1);
            assertThat(pool.submit(() -> Tasks.failAt13(13))).isCompletedExceptionally();
            assertThat(Thread.currentThread()).isSameAs(caller);
            open();
        }
    }

    @Test
    @DisplayName("A pool in which nothing may wait is refused")
    void nonsense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pool.builder().maxQueued(0, WhenFull.BLOCK))
                .withMessageContaining("0");
    }
}
