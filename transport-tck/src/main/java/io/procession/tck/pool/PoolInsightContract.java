package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.procession.pool.EndReason;
import io.procession.pool.Pool;
import io.procession.pool.PoolEvent;
import io.procession.pool.PoolStats;
import io.procession.pool.WorkerStage;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a pool tells about itself, and pools that grow and shrink. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // causes are asserted by use
public abstract class PoolInsightContract extends PoolSuite {
    /** For a test class of the transport. */
    protected PoolInsightContract() {}

    @Test
    @DisplayName("Statistics count what came back, how, and from whom")
    void statistics() {
        PoolStats stats;
        try (Pool pool = builder(2).name("counted").build()) {
            for (int i = 0; i < 10; i++) {
                pool.submit(() -> 1).join();
            }
            failure(pool.submit(() -> Tasks.fail()));
            failure(pool.submit(() -> Runtime.getRuntime().halt(1)));
            stats = pool.stats();
            assertThat(stats.pool()).isEqualTo("counted");
            assertThat(stats.wantedWorkers()).isEqualTo(2);
            assertThat(stats.submitted()).isEqualTo(12);
            assertThat(stats.succeeded()).isEqualTo(10);
            assertThat(stats.failed()).isEqualTo(1);
            assertThat(stats.lost()).isEqualTo(1);
            assertThat(stats.deaths()).isEqualTo(1);
            assertThat(stats.queued() + stats.held()).isZero();
            assertThat(stats.slowest())
                    .hasSize(10)
                    .isSortedAccordingTo((one, other) -> other.time().compareTo(one.time()));
            assertThat(stats.startRatio() + stats.waitRatio() + stats.workRatio())
                    .isEqualTo(1, within(1e-6));
            assertThat(stats.workers()).allSatisfy(worker -> {
                assertThat(worker.name()).startsWith("counted-worker-");
                assertThat(worker.pid()).isPositive();
                assertThat(worker.age()).isPositive();
            });
            assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
        }
        assertThat(stats.submitted()).as("an earlier view").isEqualTo(12);
    }

    @Test
    @DisplayName("Statistics show what waits, what runs, and on which worker")
    void statisticsOfABusyPool() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = builder(1).build()) {
            CompletableFuture<Integer> endless = pool.submit(Spinning.waitingAt(file));
            for (int i = 0; i < 100; i++) {
                pool.submit(() -> 1);
            }
            long pid = announced(file);
            PoolStats stats = pool.stats();
            assertThat(stats.queued() + stats.held()).isEqualTo(101);
            assertThat(stats.workers()).singleElement().satisfies(worker -> {
                assertThat(worker.pid()).isEqualTo(pid);
                assertThat(worker.state()).isEqualTo(WorkerStage.READY);
                assertThat(worker.held()).isBetween(1, 2);
            });
            endless.cancel(true);
        }
    }

    @Test
    @DisplayName("A listener is told in order what happens; what it throws does no harm")
    void listener() throws Exception {
        List<PoolEvent> events = new CopyOnWriteArrayList<>();
        Pool pool = builder(1)
                .taskTimeout(Duration.ofMillis(300))
                .retryOnCrash(1)
                .listener(event -> {
                    events.add(event);
                    throw new IllegalStateException("listeners may fail");
                })
                .build();
        failure(pool.submit(() -> Runtime.getRuntime().halt(1)));
        failure(pool.submit(Spinning.waitingAt(directory.resolve("late"))));
        pool.resize(2);
        pool.close();
        Eventually.holds(
                "the last event is told",
                () -> events.stream()
                                .filter(event -> event instanceof PoolEvent.WorkerEnded ended
                                        && ended.reason() == EndReason.CLOSED)
                                .count()
                        >= 1);
        assertThat(events).allMatch(event -> event.pool().equals(pool.name()));
        assertThat(events.get(0)).isInstanceOf(PoolEvent.WorkerReady.class);
        assertThat(events)
                .hasAtLeastOneElementOfType(PoolEvent.TaskRetried.class)
                .hasAtLeastOneElementOfType(PoolEvent.TaskTimedOut.class)
                .hasAtLeastOneElementOfType(PoolEvent.Resized.class)
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(PoolEvent.WorkerEnded.class, ended -> {
                    assertThat(ended.reason()).isEqualTo(EndReason.DIED);
                    assertThat(ended.how()).contains("code 1");
                }));
    }

    @Test
    @DisplayName("A pool grows and shrinks; what runs is finished, and nothing is lost")
    void resize() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = builder(1).build()) {
            pool.resize(3);
            assertThat(pool.workers()).isEqualTo(3);
            Eventually.holds(
                    "three workers are ready",
                    () -> pool.stats().workers().stream()
                                    .filter(worker -> worker.state() == WorkerStage.READY)
                                    .count()
                            == 3);
            CompletableFuture<Integer> running = pool.submit(Spinning.waitingAt(file));
            long pid = announced(file);
            List<CompletableFuture<Integer>> others =
                    IntStream.range(0, 200).mapToObj(i -> pool.submit(() -> i)).toList();
            pool.resize(1);
            Set<Long> left = new TreeSet<>();
            Eventually.holds("one worker is left", () -> {
                left.clear();
                pool.stats().workers().forEach(worker -> left.add(worker.pid()));
                return left.size() == 1;
            });
            assertThat(left).as("who works stays").containsExactly(pid);
            running.cancel(true);
            assertThat(others.stream().map(CompletableFuture::join).toList())
                    .isEqualTo(IntStream.range(0, 200).boxed().toList());
            assertThat(pool.stats().endings()).containsEntry(EndReason.SHRUNK, 2L);
        }
    }

    @Test
    @DisplayName("Impossible sizes are refused, and a closed pool stays as it is")
    void impossibleSizes() {
        Pool pool = builder(1).build();
        assertThatIllegalArgumentException().isThrownBy(() -> pool.resize(0)).withMessageContaining("not 0");
        pool.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> pool.resize(2));
        assertThat(pool.stats().workers()).isEmpty();
    }
}
