package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.codec.SerializationException;
import io.procession.pool.MapOptions;
import io.procession.pool.Pool;
import io.procession.pool.Results;
import io.procession.pool.WorkerDiedException;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Maps whose results are taken one by one, over inputs that may have no end. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("NullAway") // causes are asserted by use
public abstract class PoolLazyMapContract {
    @TempDir
    Path directory;

    /** For a test class of the transport. */
    protected PoolLazyMapContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private Pool pool(int workers) {
        return Pool.builder().workers(workers).transport(transport()).build();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** All numbers, counting those that were read. */
    private static Iterable<Integer> endless(AtomicInteger read) {
        return () -> Stream.generate(read::getAndIncrement).iterator();
    }

    private static MapOptions chunk(int size) {
        return MapOptions.defaults().chunkSize(size);
    }

    @Test
    @DisplayName("L11: results come in order, one by one, and then no more, again and again")
    void ordered() {
        try (Pool pool = pool(2)) {
            for (Results<Integer> results : List.of(
                    pool.mapLazy(Tasks::square, upTo(1000)), pool.mapLazy(Tasks::square, upTo(1000), chunk(100)))) {
                for (int i = 0; i < 1000; i++) {
                    assertThat(results.next()).isEqualTo(i * i);
                }
                assertThat(results.hasNext()).isFalse();
                assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
                assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
            }
        }
    }

    @Test
    @DisplayName("L13: unordered results are the same, and a fast one does not wait for a slow one")
    void unordered() throws Exception {
        Path gate = directory.resolve("gate");
        String file = gate.toString();
        try (Pool pool = pool(2)) {
            assertThat(pool.mapUnordered(Tasks::square, upTo(1000)))
                    .containsExactlyInAnyOrderElementsOf(
                            upTo(1000).stream().map(i -> i * i).toList());
            Results<Integer> results =
                    pool.mapUnordered(i -> i == 0 ? Tasks.squareAfter(Path.of(file), i) : i, upTo(3), chunk(1));
            assertThat(List.of(results.next(), results.next())).containsExactlyInAnyOrder(1, 2);
            Files.createFile(gate);
            assertThat(results.next()).isZero();
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    @DisplayName("L19, X10: over nothing there is nothing")
    void overNothing() {
        try (Pool pool = pool(1)) {
            assertThat(pool.mapLazy(Tasks::square, List.<Integer>of())).isEmpty();
            assertThat(pool.mapUnordered(Tasks::square, List.<Integer>of()).stream())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("L16, X08, X09, X11: endless input is read no further ahead than said, whatever the chunks")
    void endlessInput() {
        try (Pool pool = pool(2)) {
            for (int ahead : new int[] {1, 2, 7, 50}) {
                for (MapOptions options : List.of(
                        MapOptions.defaults().lookAhead(ahead),
                        MapOptions.defaults().lookAhead(ahead).chunkSize(Math.max(1, ahead / 3)))) {
                    for (boolean ordered : new boolean[] {true, false}) {
                        AtomicInteger read = new AtomicInteger();
                        try (Results<Integer> results = ordered
                                ? pool.mapLazy(Tasks::square, endless(read), options)
                                : pool.mapUnordered(Tasks::square, endless(read), options)) {
                            if (ahead <= 7 || options.toString().contains("chunkSize=16")) {
                                assertThat(read).as("read when nobody takes").hasValue(ahead);
                            }
                            for (int taken = 1; taken <= 300; taken++) {
                                results.next();
                                assertThat(read.get()).isLessThanOrEqualTo(taken + ahead);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("L16: with automatic look-ahead a consumer that takes nothing keeps the input waiting")
    void automaticLookAheadIsBounded() throws Exception {
        AtomicInteger read = new AtomicInteger();
        try (Pool pool = pool(2);
                Results<byte[]> results = pool.mapLazy(i -> new byte[100_000], endless(read))) {
            for (int i = 0; i < 200; i++) {
                assertThat(results.next(Duration.ofMinutes(1))).hasSize(100_000);
                assertThat(read.get()).as("items of 100 kB read ahead").isLessThan(i + 50);
            }
        }
    }

    @Test
    @DisplayName("L16: a pool is closed, and a lazy map is, while its look-ahead is full and nobody takes")
    void fullLookAheadDoesNotBlockClosing() {
        AtomicInteger read = new AtomicInteger();
        Results<Integer> results;
        try (Pool pool = pool(2)) {
            results = pool.mapLazy(
                    Tasks::square,
                    endless(read),
                    MapOptions.defaults().lookAhead(20).chunkSize(5));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(results.next()).isEqualTo(i * i); // X11: what was read is given even now
        }
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(results::next)
                .withMessageContaining("closed");
        assertThat(results.hasNext()).isFalse();
        assertThat(read.get()).isLessThanOrEqualTo(25);
    }

    @Test
    @DisplayName("L15: what is not in time can still be got")
    void nextWithALimit() throws Exception {
        Path gate = directory.resolve("gate");
        String file = gate.toString();
        try (Pool pool = pool(1);
                Results<Integer> results = pool.mapLazy(i -> Tasks.squareAfter(Path.of(file), i), upTo(3))) {
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> results.next(Duration.ZERO));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> results.next(Duration.ofMillis(20)));
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(CompletionException.class).isThrownBy(results::next);
            assertThat(Thread.interrupted()).isTrue();
            Files.createFile(gate);
            assertThat(results.next(Duration.ofMinutes(1))).isZero();
            assertThat(results.stream()).containsExactly(1, 4);
        }
    }

    @Test
    @DisplayName(
            "X04: when the time of a whole map is over, what was finished is still given, then that is told, and the rest is ended")
    void oneDeadlineForTheWhole() throws Exception {
        try (Pool pool = pool(1)) {
            assertThat(pool.map(Tasks::threeThenWait, upTo(3))).isEqualTo(upTo(3)); // has loaded what it needs
            for (boolean ordered : new boolean[] {true, false}) {
                List<Integer> seen = List.of();
                for (Duration limit = Duration.ofMillis(300); seen.size() < 3; limit = limit.multipliedBy(4)) {
                    seen = seenUntilTheEnd(pool, ordered, limit); // on a busy machine fewer are in time
                }
                assertThat(seen).isEqualTo(upTo(3));
            }
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
        }
    }

    private static List<Integer> seenUntilTheEnd(Pool pool, boolean ordered, Duration limit) throws Exception {
        MapOptions options = chunk(1).timeout(limit);
        Results<Integer> results = ordered
                ? pool.mapLazy(Tasks::threeThenWait, upTo(10), options)
                : pool.mapUnordered(Tasks::threeThenWait, upTo(10), options);
        Eventually.holds( // though nobody takes a result
                "the rest of the map is ended",
                () -> pool.stats().queued() + pool.stats().held() == 0);
        List<Integer> seen = new ArrayList<>();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> results.forEach(seen::add))
                .withCauseInstanceOf(TimeoutException.class)
                .withMessageContaining("MapOptions.timeout");
        assertThat(results.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
        return seen;
    }

    @Test
    @DisplayName(
            "X04: who waits for a result when the time of the map is over is told, also if it is the input that is slow")
    void deadlineWhileWaiting() throws Exception {
        Duration limit = Duration.ofMillis(300);
        try (Pool pool = pool(1)) {
            Results<Integer> results = pool.mapLazy(
                    i -> Tasks.waitForInterrupt(),
                    upTo(10),
                    MapOptions.defaults().timeout(limit));
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(results::next)
                    .withCauseInstanceOf(TimeoutException.class)
                    .withMessageContaining("300 ms");
            Results<Integer> slow = pool.mapLazy(
                    Tasks::square,
                    taking(new LinkedBlockingQueue<>()),
                    MapOptions.defaults().timeout(limit).readInBackground());
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(slow::next)
                    .withCauseInstanceOf(TimeoutException.class);
            assertThat(slow.hasNext()).isFalse();
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
            // One that is in time is not touched.
            assertThat(pool.mapLazy(
                            Tasks::square, upTo(3), MapOptions.defaults().timeout(Duration.ofDays(1_000_000))))
                    .containsExactly(0, 1, 4);
        }
    }

    @Test
    @DisplayName("L14, L23: an input that fails ends the map behind all results, with its own exception")
    void failingInput() {
        IllegalStateException broken = new IllegalStateException("no more");
        Iterable<Integer> input = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == 10) {
                    throw broken;
                }
                return next++;
            }
        };
        try (Pool pool = pool(2)) {
            for (boolean ordered : new boolean[] {true, false}) {
                Results<Integer> results = ordered
                        ? pool.mapLazy(Tasks::square, input)
                        : pool.mapUnordered(Tasks::square, input, chunk(3));
                TreeSet<Integer> seen = new TreeSet<>();
                for (int i = 0; i < 10; i++) {
                    seen.add(results.next());
                }
                assertThat(seen)
                        .containsExactlyElementsOf(
                                upTo(10).stream().map(i -> i * i).toList());
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(results::next)
                        .isSameAs(broken);
                assertThat(broken).hasNoCause();
                assertThat(results.hasNext()).isFalse();
            }
        }
    }

    @Test
    @DisplayName("X03: an item that fails is one exception at its place, with any chunk size; those behind it follow")
    void failingItems() {
        try (Pool pool = pool(2)) {
            for (int size : new int[] {1, 4, 30}) {
                Results<Integer> results = pool.mapLazy(Tasks::failAt13, upTo(30), chunk(size));
                List<Integer> seen = new ArrayList<>();
                for (int i = 0; i < 13; i++) {
                    seen.add(results.next());
                }
                assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(results::next)
                        .satisfies(e -> assertThat(e.getCause())
                                .isInstanceOf(IOException.class)
                                .hasMessage("unlucky 13"))
                        .withStackTraceContaining("item 13")
                        .withStackTraceContaining("Tasks.failAt13(Tasks.java:");
                results.forEach(seen::add);
                assertThat(seen).hasSize(29).doesNotContain(13).isSorted();
            }
        }
    }

    @Test
    @DisplayName("L06, X44, X47: an item or a result that cannot travel is one failure; the others of its chunk come")
    void whatCannotTravel() {
        Thread unserialisable = Thread.currentThread();
        try (Pool pool = pool(2)) {
            Results<Object> results = pool.mapLazy(Tasks::threadAt13, upTo(20), chunk(20));
            List<Object> seen = new ArrayList<>();
            for (int i = 0; i < 13; i++) {
                seen.add(results.next());
            }
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(results::next)
                    .withStackTraceContaining("Thread");
            results.forEach(seen::add);
            assertThat(seen).hasSize(19);
            Results<String> texts = pool.mapLazy(String::valueOf, List.of("a", unserialisable, "c"), chunk(3));
            assertThat(texts.next()).isEqualTo("a");
            assertThatExceptionOfType(SerializationException.class).isThrownBy(texts::next);
            assertThat(texts.next()).isEqualTo("c");
            assertThat(texts.hasNext()).isFalse();
        }
    }

    @Test
    @DisplayName("L44: a worker that dies in a chunk fails the item it was at; the others of the chunk run elsewhere")
    void deathInAChunk() {
        try (Pool pool = pool(2)) {
            for (boolean ordered : new boolean[] {true, false}) {
                Results<Integer> results = ordered
                        ? pool.mapLazy(Tasks::haltAt13, upTo(30), chunk(30))
                        : pool.mapUnordered(Tasks::haltAt13, upTo(30), chunk(10));
                List<Integer> seen = new ArrayList<>();
                int deaths = 0;
                while (results.hasNext()) {
                    try {
                        seen.add(results.next());
                    } catch (WorkerDiedException e) {
                        deaths++;
                        assertThat(e).hasMessageContaining("item 13");
                        if (ordered) {
                            assertThat(seen).containsExactlyElementsOf(upTo(13));
                        }
                    }
                }
                assertThat(deaths).isEqualTo(1);
                assertThat(seen).hasSize(29).doesNotContain(13);
            }
        }
    }

    @Test
    @DisplayName("An input that blocks, read in the background, holds back neither a result nor the end of the map")
    void blockingInput() throws Exception {
        MapOptions options = MapOptions.defaults().readInBackground();
        Pool pool = pool(1);
        for (boolean ordered : new boolean[] {true, false}) {
            LinkedBlockingQueue<Integer> source = new LinkedBlockingQueue<>(List.of(1, 2, 3));
            try (Results<Integer> results = ordered
                    ? pool.mapLazy(Tasks::square, taking(source), options)
                    : pool.mapUnordered(Tasks::square, taking(source), options)) {
                assertThat(List.of(results.next(), results.next(), results.next()))
                        .containsExactlyInAnyOrder(1, 4, 9);
                assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> results.next(Duration.ZERO));
                source.add(4);
                assertThat(results.next()).isEqualTo(16);
            }
        }
        Results<Integer> left = pool.mapLazy(Tasks::square, taking(new LinkedBlockingQueue<>(List.of(5))), options);
        assertThat(left.next()).isEqualTo(25);
        pool.close();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(left::next);
        left.close();
    }

    @Test
    @DisplayName(
            "An input that blocks, read in the background, holds back no item that it has given, though others of its chunk are still to come")
    void blockingInputWithinChunk() throws Exception {
        Path gate = directory.resolve("gate");
        LinkedBlockingQueue<Integer> source = new LinkedBlockingQueue<>(List.of(0, 1, 2, 3));
        try (Pool pool = pool(3);
                Results<Integer> results = pool.mapUnordered(
                        number -> Tasks.squareUnlessFirst(gate, number), taking(source), chunk(2).readInBackground())) {
            List<Integer> seen = new ArrayList<>();
            while (!seen.contains(9)) {
                seen.add(results.next(Duration.ofSeconds(100)));
            }
            Files.createFile(gate);
            while (seen.size() < 4) {
                seen.add(results.next());
            }
            assertThat(seen).containsExactlyInAnyOrder(0, 1, 4, 9);
        }
    }

    /** Items as they come, endlessly; ends with an exception when its thread is interrupted. */
    private static Iterable<Integer> taking(LinkedBlockingQueue<Integer> source) {
        return () -> Stream.generate(() -> {
                    try {
                        return source.take();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .iterator();
    }

    @Test
    @DisplayName(
            "An input read in the background gives the same results, is read no further than said, and fails as it fails")
    void backgroundInput() {
        try (Pool pool = pool(2)) {
            MapOptions options = MapOptions.defaults().readInBackground();
            assertThat(pool.mapLazy(Tasks::square, upTo(20_000), options))
                    .containsExactlyElementsOf(
                            upTo(20_000).stream().map(i -> i * i).toList());
            assertThat(pool.mapLazy(Tasks::square, List.<Integer>of(), options)).isEmpty();
            AtomicInteger read = new AtomicInteger();
            try (Results<Integer> results = pool.mapUnordered(Tasks::square, endless(read), options.lookAhead(7))) {
                for (int taken = 1; taken <= 100; taken++) {
                    results.next();
                    assertThat(read.get()).isLessThanOrEqualTo(taken + 7);
                }
            }
            IllegalStateException broken = new IllegalStateException("no more");
            Results<Integer> results = pool.mapLazy(
                    Tasks::square,
                    () -> Stream.generate(() -> {
                                if (read.incrementAndGet() < 0) {
                                    return 0;
                                }
                                throw broken;
                            })
                            .iterator(),
                    options);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(results::next)
                    .isSameAs(broken);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    @DisplayName("A slow input does not hold back a result that is ready")
    void slowInput() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        AtomicInteger read = new AtomicInteger();
        Iterable<Integer> input = () -> Stream.generate(() -> {
                    int next = read.getAndIncrement();
                    if (next == 3) {
                        long until = System.nanoTime() + Duration.ofMillis(50).toNanos();
                        while (System.nanoTime() < until) { // a park may end at once
                            LockSupport.parkNanos(until - System.nanoTime());
                        }
                    } else if (next > 3) {
                        awaitUninterruptibly(blocked);
                    }
                    return next;
                })
                .iterator();
        try (Pool pool = pool(1);
                Results<Integer> results = pool.mapLazy(Tasks::square, input, chunk(1).lookAhead(4))) {
            assertThat(results.next()).isZero();
            pool.submit(() -> 1).get(); // so the others are there
            assertThat(results.next()).isEqualTo(1);
            assertThat(results.next()).isEqualTo(4);
            assertThat(results.next()).isEqualTo(9);
            assertThat(read).hasValue(4);
            blocked.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    @DisplayName(
            "X40: a pool that is closed runs the neighbours of the item that ended its worker, though nobody takes results")
    void deathWhileClosing() {
        Results<Integer> results;
        try (Pool pool = pool(1)) {
            results = pool.mapLazy(Tasks::haltAt13, upTo(30), chunk(30));
        }
        List<Integer> seen = new ArrayList<>();
        while (seen.size() < 13) {
            seen.add(results.next());
        }
        assertThatExceptionOfType(WorkerDiedException.class).isThrownBy(results::next);
        results.forEach(seen::add);
        assertThat(seen).hasSize(29).doesNotContain(13);
    }

    @Test
    @DisplayName("X06: closing early cancels the rest, and there is no more")
    void closingEarly() throws Exception {
        Path file = directory.resolve("pid");
        String name = file.toString();
        AtomicInteger read = new AtomicInteger();
        try (Pool pool = pool(1)) {
            Results<Integer> results = pool.mapLazy(
                    i -> Tasks.announceFirst(Path.of(name), i),
                    endless(read),
                    chunk(100_000).lookAhead(200_000));
            Eventually.holds("the first item runs", () -> Files.exists(file));
            results.close();
            results.close();
            assertThat(results.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
            Files.createFile(directory.resolve("pid.go"));
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
        }
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("pid", "pid.go");
    }

    @Test
    @DisplayName("A thread that waits for a result is told when another closes the map")
    void closingWhileWaiting() throws Exception {
        Path file = directory.resolve("pid");
        String name = file.toString();
        try (Pool pool = pool(1)) {
            Results<Integer> results = pool.mapLazy(i -> Tasks.announceFirst(Path.of(name), i), upTo(3));
            CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(results::next);
            Eventually.holds("the first item runs", () -> Files.exists(file));
            results.close();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(waiting::get)
                    .withCauseInstanceOf(NoSuchElementException.class);
            Files.createFile(directory.resolve("pid.go"));
        }
    }

    @Test
    @DisplayName("A lazy map over a pool that is closed is refused at once")
    void refusedAtOnce() {
        Pool pool = pool(1);
        pool.close();
        AtomicInteger read = new AtomicInteger();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> pool.mapLazy(Tasks::square, endless(read)));
        assertThat(read).hasValue(0);
    }

    @Test
    @DisplayName("Many small items pass quickly through a lazy map, all of them, in order")
    void manyItems() {
        try (Pool pool = pool(2)) {
            int next = 0;
            for (int square : pool.mapLazy(Tasks::square, upTo(300_000))) {
                if (square != next * next) {
                    assertThat(square).isEqualTo(next * next);
                }
                next++;
            }
            assertThat(next).isEqualTo(300_000);
        }
    }
}
