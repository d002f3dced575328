package io.procession.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Drives a map for which no thread waits: each wake-up runs one step, no two at the same time, none is lost. Not on the threads for callbacks, where
 * stages of the user may block and wait for just this map. Steps do not wait, so few threads serve all maps; they are daemons and end when idle.
 */
final class MapPump implements Runnable {
    private static final Executor EXECUTOR = executor();

    private final Runnable step;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile boolean disabled;

    MapPump(Runnable step) {
        this.step = step;
    }

    private static Executor executor() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "procession-map");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** The caller drives the map itself. */
    void disable() {
        disabled = true;
    }

    /** There may be something to do. From any thread; does not block. */
    void wake() {
        if (!disabled && wakeUps.getAndIncrement() == 0) {
            try {
                EXECUTOR.execute(this);
            } catch (RuntimeException | Error noThread) {
                run(); // on a thread that is meant for other things, but never not at all
            }
        }
    }

    @Override
    public void run() {
        int seen;
        do {
            seen = wakeUps.get();
            step.run();
        } while (wakeUps.addAndGet(-seen) > 0);
    }
}
