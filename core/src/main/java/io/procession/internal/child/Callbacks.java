package io.procession.internal.child;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * Where code of the user runs that depends on something another process did, when no thread waits for it: dependent stages of futures. Not on
 * the JDK's common pool, all threads of which a program may block in waits for just such a stage. A fork-join pool of its own, because it makes up for threads that
 * block in a stage by waiting for another; its threads are daemons and end when idle.
 */
public final class Callbacks {
    private static final int PARALLELISM = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int MAX_THREADS = 256;

    /** For all of the process. */
    public static final Executor EXECUTOR =
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
