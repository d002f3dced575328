package io.procession.benchmarks.subjects;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.viktorc.pp4j.api.JavaProcessExecutorService;
import net.viktorc.pp4j.impl.ProcessExecutors;

/**
 * What a pool of JVMs of PP4J can do, one thing a run: objects as lines of Base64 over standard streams, a thread of the parent for each. Arguments: workers, what, how many, warm-ups, samples.
 */
public final class Pp4jPool {
    private Pp4jPool() {}

    private record Call(int number) implements Callable<Integer>, Serializable {
        @Override
        public Integer call() {
            return PoolTasks.nothing(number);
        }
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[2]);
        int warmUps = Integer.parseInt(arguments[3]);
        int samples = Integer.parseInt(arguments[4]);
        List<JavaProcessExecutorService> pools = new ArrayList<>();
        try {
            if (arguments[1].equals("first-result")) {
                Repeated.measure(warmUps, samples, () -> one(start(pools, workers)));
                return;
            }
            JavaProcessExecutorService pool = start(pools, workers);
            switch (arguments[1]) {
                case "one" -> Repeated.measure(warmUps, samples, () -> one(pool));
                case "many" -> Repeated.measureEach(count, warmUps, samples, () -> many(pool, count));
                default -> throw new IllegalArgumentException(arguments[1]);
            }
        } finally {
            for (JavaProcessExecutorService pool : pools) {
                pool.shutdown();
                pool.awaitTermination(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Returns when all workers are there. */
    private static JavaProcessExecutorService start(List<JavaProcessExecutorService> pools, int workers)
            throws InterruptedException {
        JavaProcessExecutorService pool = ProcessExecutors.newFixedJavaProcessPool(workers);
        pools.add(pool);
        return pool;
    }

    private static void one(JavaProcessExecutorService pool) throws Exception {
        pool.submit(new Call(1)).get();
    }

    private static void many(JavaProcessExecutorService pool, int count) throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            futures.add(pool.submit(new Call(i)));
        }
        for (Future<Integer> future : futures) {
            future.get();
        }
    }
}
