package io.procession.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * Where answers are decoded and dependent stages run when no thread waits for them. A fork-join pool, because it makes up for threads that
 * block in a stage by waiting for another; its threads are daemons and end when idle.
 */
final class Callbacks {
    private static final int PARALLELISM = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int MAX_THREADS = 256;

    static final Executor EXECUTOR =
            // At the limit a stage that blocks is not made up for, rather than refused.
            new ForkJoinPool(
                    PARALLELISM, Callbacks::thread, null, true, 0, MAX_THREADS, 1, pool -> true, 1, TimeUnit.SECONDS);

    private Callbacks() {}

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("procession-callback-" + thread.getPoolIndex());
        return thread;
    }
}
