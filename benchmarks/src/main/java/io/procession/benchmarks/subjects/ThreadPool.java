package io.procession.benchmarks.subjects;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * What threads of one JVM do with the same tasks, without any process: the upper bound for a pool. Arguments: {@code threads} or {@code fork-join}, how many, what, how many tasks, warm-ups, samples.
 */
public final class ThreadPool {
    /** Tasks that {@code map} gives to a thread at once. */
    private static final int CHUNK = 1000;

    private final ExecutorService threads;
    private final int count;

    private ThreadPool(ExecutorService threads, int count) {
        this.threads = threads;
        this.count = count;
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[3]);
        int warmUps = Integer.parseInt(arguments[4]);
        int samples = Integer.parseInt(arguments[5]);
        ExecutorService threads =
                arguments[0].equals("threads") ? Executors.newFixedThreadPool(workers) : new ForkJoinPool(workers);
        ThreadPool pool = new ThreadPool(threads, count);
        try {
            switch (arguments[2]) {
                case "one" ->
                    Repeated.measure(
                            warmUps,
                            samples,
                            () -> threads.submit(() -> PoolTasks.nothing(1)).get());
                case "many" -> Repeated.measureEach(count, warmUps, samples, pool::many);
                case "map-0" -> Repeated.measure(warmUps, samples, () -> pool.map(PoolTasks::nothing));
                case "map-10us" -> Repeated.measure(warmUps, samples, () -> pool.map(PoolTasks::tenMicroseconds));
                case "map-1ms" -> Repeated.measure(warmUps, samples, () -> pool.map(PoolTasks::oneMillisecond));
                default -> throw new IllegalArgumentException(arguments[2]);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void many() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            futures.add(threads.submit(() -> PoolTasks.nothing(number)));
        }
        for (Future<Integer> future : futures) {
            future.get();
        }
    }

    /** A list of all results, as a pool of processes returns it. */
    private void map(IntUnaryOperator function) throws Exception {
        int chunk = Math.min(CHUNK, Math.max(1, count / 8));
        List<Callable<List<Integer>>> chunks = new ArrayList<>();
        for (int from = 0; from < count; from += chunk) {
            int first = from;
            int end = Math.min(count, from + chunk);
            chunks.add(() -> IntStream.range(first, end).map(function).boxed().toList());
        }
        List<Integer> results = new ArrayList<>(count);
        for (Future<List<Integer>> done : threads.invokeAll(chunks)) {
            results.addAll(done.get());
        }
        if (results.size() != count) {
            throw new IllegalStateException(results.size() + " results instead of " + count);
        }
    }
}
