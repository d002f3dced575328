package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;
import io.procession.pool.MapOptions;
import io.procession.pool.Pool;
import io.procession.pool.Results;
import io.procession.pool.WorkerDiedException;
import io.procession.task.TaskFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a pool of ours can do, one thing a run. Arguments: id of the transport, workers, what, how many, warm-ups, samples. */
public final class PoolSubject {
    private static final int MEGABYTE = 1_000_000;

    private final Pool pool;
    private final int count;
    private final int warmUps;
    private final int samples;

    private PoolSubject(Pool pool, int count, int warmUps, int samples) {
        this.pool = pool;
        this.count = count;
        this.warmUps = warmUps;
        this.samples = samples;
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[1]);
        int[] numbers = Stream.of(arguments).skip(3).mapToInt(Integer::parseInt).toArray();
        if (arguments[2].equals("first-result")) {
            firstResult(arguments[0], workers, numbers[1], numbers[2]);
            return;
        }
        try (Pool pool = pool(arguments[0], workers)) {
            awaitWorkers(pool);
            new PoolSubject(pool, numbers[0], numbers[1], numbers[2]).run(arguments[2]);
        }
    }

    private static Pool pool(String transport, int workers) {
        return Pool.builder().workers(workers).transport(transport).build();
    }

    private static void firstResult(String transport, int workers, int warmUps, int samples) throws Exception {
        List<Pool> pools = new ArrayList<>(); // closed later: what counts is the way to the first result
        Repeated.measure(warmUps, samples, () -> {
            Pool pool = pool(transport, workers);
            pool.submit(() -> PoolTasks.nothing(1)).get();
            pools.add(pool);
        });
        pools.forEach(Pool::close);
    }

    /** The pids of all workers, each of which has run a task. */
    static Set<Long> awaitWorkers(Pool pool) throws InterruptedException {
        Set<Long> pids = new HashSet<>();
        List<Integer> numbers = IntStream.range(0, 4 * pool.workers()).boxed().toList();
        while (pids.size() < pool.workers()) {
            pids.addAll(pool.map(
                    number -> ProcessHandle.current().pid(),
                    numbers,
                    MapOptions.defaults().chunkSize(1)));
        }
        return pids;
    }

    private void run(String what) throws Exception {
        switch (what) {
            case "one" ->
                Repeated.measure(
                        warmUps,
                        samples,
                        () -> pool.submit(() -> PoolTasks.nothing(1)).get());
            case "many" -> Repeated.measureEach(count, warmUps, samples, this::many);
            case "map-0" -> map(PoolTasks::nothing, 0);
            case "map-10us" -> map(PoolTasks::tenMicroseconds, 0);
            case "map-1ms" -> map(PoolTasks::oneMillisecond, 0);
            case "lazy" -> lazy();
            case "arrays-in" -> arrays(PoolTasks::length);
            case "arrays-in-out" -> arrays(PoolTasks::same);
            case "sleep" -> sleep();
            case "death" -> death(false);
            case "whole" -> death(true);
            case "memory" -> memory();
            default -> byHand(what);
        }
    }

    private void byHand(String what) throws Exception {
        int end = what.lastIndexOf('/');
        int chunk = Integer.parseInt(what.substring(end + 1));
        switch (what.substring(0, end)) {
            case "map-0" -> map(PoolTasks::nothing, chunk);
            case "map-10us" -> map(PoolTasks::tenMicroseconds, chunk);
            case "map-1ms" -> map(PoolTasks::oneMillisecond, chunk);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private void many() {
        List<CompletableFuture<Integer>> futures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            futures.add(pool.submit(() -> PoolTasks.nothing(number)));
        }
        futures.forEach(CompletableFuture::join);
    }

    private void map(TaskFunction<Integer, Integer> function, int chunk) throws Exception {
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        MapOptions options =
                chunk == 0 ? MapOptions.defaults() : MapOptions.defaults().chunkSize(chunk);
        Repeated.measure(
                warmUps,
                samples,
                () -> check(pool.map(function, numbers, options).size()));
    }

    private void lazy() throws Exception {
        Repeated.measureEach(count, warmUps, samples, () -> {
            int got = 0;
            Iterable<Integer> numbers = () -> IntStream.range(0, count).iterator();
            try (Results<Integer> results = pool.mapLazy(PoolTasks::nothing, numbers)) {
                for (int number : results) {
                    got += number >= 0 ? 1 : 0;
                }
            }
            check(got);
        });
    }

    private void arrays(TaskFunction<byte[], ?> function) throws Exception {
        List<byte[]> arrays =
                Stream.generate(() -> new byte[MEGABYTE]).limit(count).toList();
        Repeated.measure(
                warmUps, samples, () -> check(pool.map(function, arrays).size()));
    }

    private void sleep() throws Exception {
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        int each = count / pool.workers();
        MapOptions options = MapOptions.defaults().chunkSize(1);
        Repeated.measureEach(each, warmUps, samples, () -> pool.map(PoolTasks::sleepTenMilliseconds, numbers, options));
    }

    /** From the kill of a worker until its task has failed, or until all workers are there again. */
    private void death(boolean untilWhole) throws Exception {
        Repeated.measureBehind(warmUps, samples, () -> {
            awaitWorkers(pool);
            Path told = Files.createTempFile("victim", ".pid");
            String name = told.toString();
            CompletableFuture<Integer> doomed = pool.submit(() -> {
                Files.writeString(Path.of(name), ProcessHandle.current().pid() + "\n");
                new CountDownLatch(1).await();
                return 0;
            });
            long victim = victim(told);
            return () -> {
                ProcessHandle.of(victim).orElseThrow().destroyForcibly();
                try {
                    doomed.join();
                } catch (CompletionException e) {
                    if (!(e.getCause() instanceof WorkerDiedException)) {
                        throw e;
                    }
                }
                if (untilWhole) {
                    awaitWorkers(pool);
                }
            };
        });
    }

    /** The worker that says that it has begun: one that had not yet when it died would lose nothing, for the task would run elsewhere. */
    private static long victim(Path told) throws Exception {
        try {
            String pid = "";
            while (!pid.endsWith("\n")) {
                Thread.sleep(1);
                pid = Files.readString(told);
            }
            return Long.parseLong(pid.trim());
        } finally {
            Files.delete(told);
        }
    }

    private void memory() throws Exception {
        for (int i = 0; i < warmUps; i++) {
            map(PoolTasks::nothing);
        }
        long[] bytes =
                awaitWorkers(pool).stream().mapToLong(ResidentMemory::bytes).toArray();
        Samples.print(System.out, bytes, Usage.UNKNOWN);
    }

    private void map(TaskFunction<Integer, Integer> function) throws InterruptedException {
        check(pool.map(function, IntStream.range(0, count).boxed().toList()).size());
    }

    private void check(int got) {
        if (got != count) {
            throw new IllegalStateException(got + " results instead of " + count);
        }
    }
}
