package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.procession.codec.RemoteTrace;
import io.procession.codec.SerializationException;
import io.procession.pool.MapOptions;
import io.procession.pool.Pool;
import io.procession.pool.WorkerDiedException;
import io.procession.task.TaskBiFunction;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Maps whose results are wanted all together: at once, later, of pairs, in chunks by hand. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // causes are asserted by use
public abstract class PoolMapContract {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();
    private static final List<Integer> SQUARES =
            HUNDRED.stream().map(i -> i * i).toList();

    @TempDir
    Path directory;

    /** For a test class of the transport. */
    protected PoolMapContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private Pool pool(int workers) {
        return Pool.builder().workers(workers).transport(transport()).build();
    }

    @Test
    @DisplayName("L02, X02: any chunk size gives the same results in the same order")
    void chunksByHand() throws Exception {
        try (Pool pool = pool(2)) {
            for (int size : new int[] {1, 3, 6, 20, 40, 50, 100, 1000}) {
                assertThat(pool.map(
                                Tasks::square, HUNDRED, MapOptions.defaults().chunkSize(size)))
                        .isEqualTo(SQUARES);
            }
        }
    }

    @Test
    @DisplayName(
            "L41, X02, X07, X08: a chunk or look-ahead of nothing is refused, and so is what does not fit together")
    void refusesNonsense() {
        MapOptions options = MapOptions.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.chunkSize(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.chunkSize(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.lookAhead(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.lookAhead(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.lookAhead(10).chunkSize(11))
                .withMessageContaining("10")
                .withMessageContaining("11");
        try (Pool pool = pool(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pool.map(Tasks::square, HUNDRED, options.lookAhead(10)))
                    .withMessageContaining("mapLazy");
        }
    }

    @Test
    @DisplayName("L03, X02: a function of two arguments over pairs, and over two inputs up to the end of the shorter")
    void starmap() throws Exception {
        try (Pool pool = pool(2)) {
            assertThat(pool.starmap(Math::max, List.of(Map.entry(1, 2), Map.entry(4, 3))))
                    .containsExactly(2, 4);
            assertThat(pool.starmap(Tasks::repeat, List.of("a", "b", "c"), List.of(1, 2)))
                    .containsExactly("a", "bb");
            List<Integer> sums = pool.starmap(Integer::sum, HUNDRED, HUNDRED);
            assertThat(sums).isEqualTo(HUNDRED.stream().map(i -> 2 * i).toList());
            assertThat(pool.starmap(Tasks::repeat, Arrays.asList("a", null), List.of(1, 2)))
                    .containsExactly("a", "nullnull");
            assertThat(pool.starmap(Integer::sum, List.<Integer>of(), HUNDRED)).isEmpty();
        }
    }

    @Test
    @DisplayName("L03: a function of two arguments with chunks of 20, later, lazily and in any order")
    void starmapOfAllKinds() throws Exception {
        TaskBiFunction<Integer, Integer, Integer> sum = Integer::sum;
        List<Map.Entry<Integer, Integer>> pairs =
                HUNDRED.stream().map(i -> Map.entry(i, i)).toList();
        List<Integer> sums = HUNDRED.stream().map(i -> 2 * i).toList();
        MapOptions options = MapOptions.defaults().chunkSize(20);
        try (Pool pool = pool(2)) {
            assertThat(pool.map(sum.spread(), pairs, options)).isEqualTo(sums);
            assertThat(pool.mapAsync(sum.spread(), pairs, options).get()).isEqualTo(sums);
            assertThat(pool.mapLazy(sum.spread(), pairs, options)).containsExactlyElementsOf(sums);
            assertThat(pool.mapUnordered(sum.spread(), pairs, options)).containsExactlyInAnyOrderElementsOf(sums);
        }
    }

    @Test
    @DisplayName("L04, L09, L10, L40: mapAsync gives the same list later, with a limit, again and again")
    void mapAsync() throws Exception {
        Path gate = directory.resolve("gate");
        String file = gate.toString();
        try (Pool pool = pool(2)) {
            CompletableFuture<List<Integer>> future = pool.mapAsync(i -> Tasks.squareAfter(Path.of(file), i), HUNDRED);
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(0, TimeUnit.SECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(-1, TimeUnit.SECONDS));
            Files.createFile(gate);
            assertThat(future.get()).isEqualTo(SQUARES);
            assertThat(future.join()).isEqualTo(SQUARES);
            assertThat(pool.mapAsync(
                                    Tasks::square,
                                    HUNDRED,
                                    MapOptions.defaults().chunkSize(7))
                            .join())
                    .isEqualTo(SQUARES);
            assertThat(pool.mapAsync(Tasks::square, List.<Integer>of()).get()).isEmpty();
        }
    }

    @Test
    @DisplayName("L05: a mapAsync completes once: with the whole list, or with the failure of an item")
    void mapAsyncCompletesOnce() throws Exception {
        AtomicInteger results = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        try (Pool pool = pool(2)) {
            pool.mapAsync(Tasks::square, HUNDRED, MapOptions.defaults().chunkSize(3))
                    .handle((list, failure) ->
                            list == null ? failures.incrementAndGet() : results.addAndGet(list.size()))
                    .get();
            assertThat(results).hasValue(100);
            CompletableFuture<List<Integer>> failing = pool.mapAsync(
                    Tasks::failAt13, HUNDRED, MapOptions.defaults().chunkSize(3));
            failing.handle((list, failure) -> list == null ? failures.incrementAndGet() : results.incrementAndGet())
                    .get();
            assertThat(failures).hasValue(1);
            assertThat(results).hasValue(100);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(failing::get)
                    .satisfies(e -> assertThat(e.getCause())
                            .isInstanceOf(IOException.class)
                            .hasMessage("unlucky 13")
                            .hasCauseInstanceOf(RemoteTrace.class));
            assertThat(pool.map(Tasks::square, List.of(2))).containsExactly(4);
        }
    }

    @Test
    @DisplayName("L06, X44: an item that cannot be serialised fails its mapAsync, and the pool goes on")
    void mapAsyncOfWhatCannotTravel() throws Exception {
        Thread unserialisable = Thread.currentThread();
        try (Pool pool = pool(1)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(pool.mapAsync(String::valueOf, List.of(1, unserialisable))::get)
                    .withCauseInstanceOf(SerializationException.class);
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> pool.mapAsync(i -> unserialisable.getName(), List.of(1)));
            assertThat(pool.map(Tasks::square, List.of(3))).containsExactly(9);
        }
    }

    @Test
    @DisplayName("A mapAsync that is cancelled ends with the item it is at")
    void mapAsyncCanBeCancelled() throws Exception {
        Path file = directory.resolve("pid");
        String name = file.toString();
        List<Integer> many = IntStream.range(0, 100_000).boxed().toList();
        try (Pool pool = pool(1)) {
            CompletableFuture<List<Integer>> future = pool.mapAsync(
                    i -> Tasks.announceFirst(Path.of(name), i),
                    many,
                    MapOptions.defaults().chunkSize(many.size()));
            Eventually.holds("the first item runs", () -> Files.exists(file));
            assertThat(future.cancel(false)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
            Files.createFile(directory.resolve("pid.go"));
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
        }
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("pid", "pid.go");
    }

    @Test
    @DisplayName("cancel(true) of a mapAsync ends the item that runs")
    void mapAsyncCanBeInterrupted() throws Exception {
        Path file = directory.resolve("pid");
        String name = file.toString();
        try (Pool pool = pool(1)) {
            CompletableFuture<List<Integer>> future = pool.mapAsync(i -> Tasks.announceAndWait(Path.of(name)), HUNDRED);
            Eventually.holds("the first item runs", () -> Files.exists(file));
            assertThat(future.cancel(true)).isTrue();
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("L38, X40: a map that was accepted is finished by close, whatever of it was sent by then")
    void closeFinishesAMap() throws Exception {
        CompletableFuture<List<Integer>> future;
        try (Pool pool = pool(2)) {
            future = pool.mapAsync(Tasks::square, HUNDRED, MapOptions.defaults().chunkSize(1));
        }
        assertThat(future).isCompletedWithValue(SQUARES);
        Pool closed = pool(1);
        closed.close();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> closed.mapAsync(Tasks::square, HUNDRED))
                .withMessageContaining("closed");
    }

    @Test
    @DisplayName("Defect 2: a mapAsync of a pool that is ended fails instead of waiting for ever")
    void endedPoolFailsItsMaps() throws Exception {
        Path file = directory.resolve("pid");
        String name = file.toString();
        Pool pool = pool(1);
        CompletableFuture<List<Integer>> future = pool.mapAsync(
                i -> Tasks.announceFirst(Path.of(name), i),
                HUNDRED,
                MapOptions.defaults().chunkSize(10));
        Eventually.holds("the first item runs", () -> Files.exists(file));
        assertThat(pool.shutdownNow()).isEmpty();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    @DisplayName("L44: a worker that dies fails a map with the item it was at")
    void deathNamesItsItem() throws Exception {
        try (Pool pool = pool(1)) {
            assertThatExceptionOfType(WorkerDiedException.class)
                    .isThrownBy(() -> pool.map(
                            Tasks::haltAt13, HUNDRED, MapOptions.defaults().chunkSize(50)))
                    .withMessageContaining("item 13 of 100");
            assertThat(pool.map(Tasks::square, HUNDRED)).isEqualTo(SQUARES);
        }
    }

    @Test
    @DisplayName("X04: a map that is not finished in the time it has as a whole fails, and what runs of it is ended")
    void oneDeadlineForTheWhole() throws Exception {
        MapOptions options = MapOptions.defaults().timeout(Duration.ofMillis(200));
        try (Pool pool = pool(1)) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> pool.map(i -> Tasks.waitForInterrupt(), HUNDRED, options))
                    .withCauseInstanceOf(TimeoutException.class)
                    .withMessageContaining("200 ms");
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(pool.mapAsync(i -> Tasks.waitForInterrupt(), HUNDRED, options)::get)
                    .withCauseInstanceOf(TimeoutException.class)
                    .withMessageContaining("MapOptions.timeout");
            assertThat(pool.map(Tasks::square, HUNDRED, MapOptions.defaults().timeout(Duration.ofHours(1))))
                    .isEqualTo(SQUARES);
        }
    }

    @Test
    @DisplayName("A result that cannot travel is told with its item")
    void resultsThatCannotTravel() throws Exception {
        try (Pool pool = pool(1)) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> pool.map(
                            Tasks::threadAt13, HUNDRED, MapOptions.defaults().chunkSize(50)))
                    .withStackTraceContaining("item 13 of 100");
        }
    }
}
