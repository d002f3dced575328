package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.procession.pool.EndReason;
import io.procession.pool.MapOptions;
import io.procession.pool.Pool;
import io.procession.pool.TaskTimeoutException;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks that come to their deadline. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("NullAway") // causes are asserted by use
public abstract class PoolDeadlineContract extends PoolSuite {
    private static final Duration TIMEOUT = Duration.ofMillis(600);

    /** For a test class of the transport. */
    protected PoolDeadlineContract() {}

    private static TaskTimeoutException timeout(CompletableFuture<?> future) {
        Throwable failure = failure(future);
        assertThat(failure).isInstanceOf(TaskTimeoutException.class);
        return (TaskTimeoutException) failure;
    }

    @Test
    @DisplayName(
            "A task that heeds the interrupt ends at its deadline, and its worker lives on; the exception shows what it was doing")
    void interrupted() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = builder(1).build()) {
            warm(pool);
            CompletableFuture<Integer> late = pool.withTimeout(TIMEOUT).submit(Spinning.waitingAt(file));
            long pid = announced(file);
            TaskTimeoutException timeout = timeout(late);
            assertThat(timeout.timeout()).isEqualTo(TIMEOUT);
            assertThat(timeout.pid()).isEqualTo(pid);
            assertThat(timeout.workerKilled()).isFalse();
            assertThat(timeout.threadDump()).contains("announceAndWait").contains("WAITING");
            assertThat(timeout)
                    .hasMessageContaining("ran longer than its limit of 600 ms in worker " + timeout.workerName())
                    .hasMessageContaining("announceAndWait");
            assertThat(timeout.getMessage().lines()).as("a message to read").hasSizeLessThanOrEqualTo(12);
            assertThat(pid(pool)).isEqualTo(pid);
        }
    }

    @Test
    @DisplayName("A task that ignores the interrupt ends with its worker, which is replaced; others are not touched")
    void killed() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = builder(2)
                .gracePeriod(Duration.ofSeconds(3)) // for the dump, on a busy machine
                .build()) {
            warm(pool);
            CompletableFuture<Integer> late = pool.withTimeout(TIMEOUT).submit(Spinning.at(file));
            long pid = announced(file);
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }
            TaskTimeoutException timeout = timeout(late);
            assertThat(timeout.workerKilled()).isTrue();
            assertThat(timeout.pid()).isEqualTo(pid);
            assertThat(timeout.threadDump()).contains("announceAndSpin");
            assertThat(others.stream().map(CompletableFuture::join).toList())
                    .isEqualTo(IntStream.range(0, 50).boxed().toList());
            assertThat(pool.map(Tasks::square, List.of(2, 3))).containsExactly(4, 9);
        }
    }

    @Test
    @DisplayName(
            "A task that spins in native code ends with its worker, at its deadline or when it is cancelled; others are not touched")
    void inNativeCode() throws Exception {
        Path gate = directory.resolve("gate");
        Path file = directory.resolve("pid");
        try (Pool pool = builder(2).gracePeriod(Duration.ofMillis(100)).build()) {
            CompletableFuture<Integer> other = pool.submit(() -> Tasks.squareAfter(gate, 7));
            TaskTimeoutException timeout = timeout(pool.withTimeout(TIMEOUT).submit(Tasks::compress));
            assertThat(timeout.workerKilled()).isTrue();
            CompletableFuture<Integer> unwanted = pool.submit(() -> Tasks.announceAndCompress(file));
            long pid = announced(file);
            assertThat(unwanted.cancel(true)).isTrue();
            Eventually.holds(
                    "the worker of the cancelled task is gone",
                    () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
            assertThat(other).isNotDone();
            Files.createFile(gate);
            assertThat(other.join()).isEqualTo(49);
            assertThat(pool.stats().endings())
                    .containsOnly(entry(EndReason.TIMED_OUT, 1L), entry(EndReason.CANCELLED, 1L));
        }
    }

    @Test
    @DisplayName("A stopped worker is ended all the same, and told nothing")
    void stopped() throws Exception {
        try (Pool pool = builder(1).gracePeriod(Duration.ZERO).build()) {
            warm(pool);
            TaskTimeoutException timeout = stoppedAndLate(pool, TIMEOUT);
            for (int times = 4; !timeout.threadDump().isEmpty(); times *= 4) { // it was stopped after its deadline
                timeout = stoppedAndLate(pool, TIMEOUT.multipliedBy(times));
            }
            assertThat(timeout.workerKilled()).isTrue();
            assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
        }
    }

    private TaskTimeoutException stoppedAndLate(Pool pool, Duration limit) throws Exception {
        Path file = directory.resolve("stopped after " + limit);
        CompletableFuture<Integer> late = pool.withTimeout(limit).submit(Spinning.waitingAt(file));
        Signal.send("STOP", announced(file));
        return timeout(late);
    }

    /** Loads what the tasks need, which takes a good part of a short deadline on a busy machine. */
    private void warm(Pool pool) {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < pool.workers(); i++) {
            Path file = directory.resolve("warm-" + i);
            all.add(pool.submit(() -> Tasks.announceSize(file, new byte[0])));
        }
        all.forEach(CompletableFuture::join);
    }

    @Test
    @DisplayName("The time in the queue does not count")
    void waitingIsFree() {
        try (Pool pool = builder(1).taskTimeout(Duration.ofSeconds(3)).build()) {
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 35; i++) {
                futures.add(pool.submit(() -> pause(100)));
            }
            assertThat(futures).allSatisfy(future -> assertThat(future.join()).isEqualTo(100));
        }
    }

    private static int pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis); // the task's work, not a wait for something
        return millis;
    }

    @Test
    @DisplayName("In a map each item has the time for itself; one too slow ends the map")
    void itemsOfAMap() throws Exception {
        try (Pool pool = builder(1)
                .taskTimeout(Duration.ofSeconds(3))
                .gracePeriod(Duration.ofMillis(100))
                .build()) {
            List<Integer> fast = IntStream.range(0, 35).mapToObj(i -> 100).toList();
            assertThat(pool.map(PoolDeadlineContract::pause, fast)).isEqualTo(fast);
            List<Integer> slow = List.of(1, 2, 60_000, 3);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> pool.map(PoolDeadlineContract::pause, slow))
                    .withCauseInstanceOf(TaskTimeoutException.class)
                    .withMessageContaining("item 2 of 4");
            assertThat(pool.map(PoolDeadlineContract::pause, List.of(1))).containsExactly(1);
        }
    }

    @Test
    @DisplayName("A chunk cut by hand does not have to be done in the time of one item")
    void itemsOfAChunk() throws Exception {
        try (Pool pool = builder(1).taskTimeout(Duration.ofSeconds(3)).build()) {
            List<Integer> items = IntStream.range(0, 35).mapToObj(i -> 100).toList();
            assertThat(pool.map(
                            PoolDeadlineContract::pause,
                            items,
                            MapOptions.defaults().chunkSize(35)))
                    .isEqualTo(items);
        }
    }

    @Test
    @DisplayName("A view of a pool has a time limit of its own, also for maps")
    void view() throws Exception {
        try (Pool pool = builder(1).build()) {
            Pool hasty = pool.withTimeout(Duration.ofMillis(200));
            TaskTimeoutException timeout = timeout(hasty.submit(Spinning.waitingAt(directory.resolve("late"))));
            assertThat(timeout.timeout()).isEqualTo(Duration.ofMillis(200));
            assertThat(pool.submit(() -> pause(600)).join()).isEqualTo(600);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> hasty.map(PoolDeadlineContract::pause, List.of(1, 60_000)))
                    .withCauseInstanceOf(TaskTimeoutException.class);
            assertThatIllegalArgumentException().isThrownBy(() -> pool.withTimeout(Duration.ZERO));
            assertThat(pool.stats().timedOut()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    @DisplayName("X05: a TimeoutException that a task throws is a failure like any other")
    void ownTimeoutException() {
        try (Pool pool = builder(1).taskTimeout(Duration.ofMinutes(1)).build()) {
            Throwable failure = failure(pool.submit(() -> {
                throw new TimeoutException("mine");
            }));
            assertThat(failure).isExactlyInstanceOf(TimeoutException.class).hasMessageContaining("mine");
        }
    }

    @Test
    @DisplayName("Impossible limits are refused")
    void impossibleLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pool.builder().taskTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pool.builder().taskTimeout(Duration.ofMillis(-1)))
                .withMessageContaining("not -1 ms");
        assertThatIllegalArgumentException().isThrownBy(() -> Pool.builder().gracePeriod(Duration.ofMillis(-1)));
    }

    @Test
    @DisplayName(
            "A task that is cancelled while it is on its way, or about to begin, is interrupted or not run, and costs no worker")
    void cancelledAtOnce() throws Exception {
        try (Pool pool = builder(1).gracePeriod(Duration.ofHours(1)).build()) {
            long pid = pid(pool);
            for (int i = 0; i < 200; i++) {
                assertThat(pool.submit(Tasks::waitForInterrupt).cancel(true)).isTrue();
                assertThat(pid(pool)).isEqualTo(pid);
            }
        }
    }

    @Test
    @DisplayName("A task that is cancelled while its large argument travels is not run")
    void cancelledOnItsWay() throws Exception {
        Path never = directory.resolve("never");
        try (Pool pool = builder(1).gracePeriod(Duration.ofHours(1)).build()) {
            byte[] large = new byte[64 << 20];
            long pid = pid(pool);
            Signal.send("STOP", pid); // so it cannot take it all
            assertThat(pool.submit(() -> Tasks.announceSize(never, large)).cancel(false))
                    .isTrue();
            Signal.send("CONT", pid);
            assertThat(pid(pool)).isEqualTo(pid);
        }
        assertThat(never).doesNotExist();
    }
}
