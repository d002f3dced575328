package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.procession.pool.BrokenPoolException;
import io.procession.pool.MapOptions;
import io.procession.pool.Pool;
import io.procession.pool.Results;
import io.procession.pool.WorkerDiedException;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks that are tried again after their worker died, those that kill each, and pools that have had enough. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("NullAway") // causes are asserted by use
public abstract class PoolRetryContract extends PoolSuite {
    /** For a test class of the transport. */
    protected PoolRetryContract() {}

    /** Ends its worker as often as there is no file for it. */
    private static int dieUntil(Path directory, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            Path mark = directory.resolve("died-" + i);
            if (!Files.exists(mark)) {
                Files.createFile(mark);
                Runtime.getRuntime().halt(9);
            }
        }
        return times;
    }

    @Test
    @DisplayName("A task whose worker died is tried again")
    void triedAgain() {
        Path marks = directory;
        try (Pool pool = builder(1).retryOnCrash(2).build()) {
            assertThat(pool.submit(() -> dieUntil(marks, 2)).join()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A task that kills each worker is named, with all its attempts; its neighbours run")
    void poisonTask() {
        try (Pool pool = builder(2).retryOnCrash(2).build()) {
            CompletableFuture<Void> poison =
                    pool.submit(() -> Runtime.getRuntime().halt(9));
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }
            WorkerDiedException died = (WorkerDiedException) failure(poison);
            assertThat(died.attempts()).isEqualTo(3);
            assertThat(died.getSuppressed())
                    .hasSize(2)
                    .allSatisfy(earlier -> assertThat(earlier).isInstanceOf(WorkerDiedException.class));
            assertThat(died).hasMessageContaining("3 workers have died");
            assertThat(others.stream().map(CompletableFuture::join).toList())
                    .isEqualTo(IntStream.range(0, 30).boxed().toList());
        }
    }

    @Test
    @DisplayName(
            "In a chunk only the item that killed its worker has an attempt less; its neighbours run, and those after it only once")
    void poisonInAChunk() throws Exception {
        Path marks = directory;
        Path file = directory.resolve("runs");
        List<Integer> items = IntStream.range(0, 40).boxed().toList();
        CountedRuns.create(file, items.size());
        String runs = file.toString();
        MapOptions chunks = MapOptions.defaults().chunkSize(10);
        try (Pool pool = builder(2).retryOnCrash(1).build()) {
            List<Integer> once = pool.map(
                    item -> {
                        CountedRuns.run(runs, item);
                        if (item == 15) {
                            dieUntil(marks, 1);
                        }
                        return item * item;
                    },
                    items,
                    chunks);
            assertThat(once).isEqualTo(items.stream().map(item -> item * item).toList());
            assertThat(items)
                    .allSatisfy(item -> assertThat(CountedRuns.count(runs, item))
                            .as("runs of item %d of 40, where 15 kills and 10 to 14 stood before it in its chunk", item)
                            .isBetween(item == 15 ? 2 : 1, item >= 10 && item <= 15 ? 2 : 1));
            assertThatExceptionOfType(WorkerDiedException.class)
                    .isThrownBy(() -> pool.map(PoolRetryContract::dieAt23, items, chunks))
                    .withMessageContaining("item 23 of 40")
                    .satisfies(died -> assertThat(died.attempts()).isEqualTo(2));
            assertThat(pool.map(Tasks::square, List.of(2))).containsExactly(4);
        }
    }

    private static int dieAt23(int item) {
        if (item == 23) {
            Runtime.getRuntime().halt(9);
        }
        return item;
    }

    @Test
    @DisplayName("In a lazy map a poison item costs one result, after its attempts")
    void poisonInALazyMap() {
        List<Integer> items = IntStream.range(0, 40).boxed().toList();
        List<Integer> got = new ArrayList<>();
        List<WorkerDiedException> deaths = new ArrayList<>();
        try (Pool pool = builder(2).build();
                Results<Integer> results = pool.withRetries(1)
                        .mapLazy(
                                PoolRetryContract::dieAt23,
                                items,
                                MapOptions.defaults().chunkSize(10))) {
            while (results.hasNext()) {
                try {
                    got.add(results.next());
                } catch (WorkerDiedException died) {
                    deaths.add(died);
                }
            }
        }
        assertThat(got).isEqualTo(items.stream().filter(item -> item != 23).toList());
        assertThat(deaths)
                .singleElement()
                .satisfies(died -> assertThat(died.attempts()).isEqualTo(2));
    }

    @Test
    @DisplayName("A view of a pool has retries of its own, and is the same pool")
    void view() {
        Path marks = directory;
        try (Pool pool = builder(1).build()) {
            Pool stubborn = pool.withRetries(3);
            assertThat(stubborn.name()).isEqualTo(pool.name());
            assertThat(failure(pool.submit(() -> Runtime.getRuntime().halt(9))))
                    .isInstanceOfSatisfying(
                            WorkerDiedException.class,
                            died -> assertThat(died.attempts()).isEqualTo(1));
            assertThat(stubborn.submit(() -> dieUntil(marks, 3)).join()).isEqualTo(3);
            assertThat(pool.stats().deaths()).isEqualTo(4);
            assertThat(stubborn.stats().retried()).isEqualTo(3);
            stubborn.close();
            assertThat(pool.isShutdown()).isTrue();
        }
    }

    @Test
    @DisplayName("More deaths than the crash budget allows break the pool on purpose, and every future says why")
    void crashBudget() throws Exception {
        Path file = directory.resolve("pid");
        try (Pool pool = builder(1).crashBudget(2, Duration.ofMinutes(10)).build()) {
            for (int i = 0; i < 2; i++) {
                assertThat(failure(pool.submit(() -> Runtime.getRuntime().halt(9))))
                        .isInstanceOf(WorkerDiedException.class);
            }
            CompletableFuture<Integer> last = pool.submit(Spinning.at(file));
            List<CompletableFuture<Integer>> waiting = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
            kill(announced(file));
            assertThat(failure(last)).isInstanceOf(WorkerDiedException.class);
            assertThat(failure(waiting.get(0)))
                    .isInstanceOf(BrokenPoolException.class)
                    .hasMessageContaining("more than 2 deaths")
                    .hasMessageContaining("SIGKILL");
            assertThat(failure(waiting.get(1))).isNotSameAs(failure(waiting.get(0)));
            assertThatExceptionOfType(BrokenPoolException.class)
                    .isThrownBy(() -> pool.submit(() -> 1))
                    .withMessageContaining("more than 2 deaths");
        }
    }

    @Test
    @DisplayName("Impossible numbers are refused")
    void impossibleNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pool.builder().retryOnCrash(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Pool.builder().crashBudget(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Pool.builder().crashBudget(1, Duration.ZERO));
    }
}
