package io.procession.pool;

import io.procession.internal.child.Callbacks;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Where a pool does what keeps it whole. Not on {@link Callbacks}: code of the user may block all threads there, and may wait for just what would be done
 * next.
 */
final class Chores implements Background {
    static final Background BACKGROUND = new Chores();

    /** A thread for each: the end of a worker is rare, and starting the next takes a while. If there is none to be had, the caller does it. */
    static final Executor EXECUTOR = Chores::now;

    private Chores() {}

    private static void now(Runnable action) {
        try {
            BACKGROUND.execute(action);
        } catch (RuntimeException | Error noThread) {
            action.run();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** On the JDK's timer thread. */
    @Override
    public void later(Duration delay, Runnable action) {
        CompletableFuture.delayedExecutor(TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(action);
    }

    @Override
    public void execute(Runnable action) {
        Thread thread = new Thread(action, "procession-pool-chore");
        thread.setDaemon(true);
        thread.start();
    }
}
