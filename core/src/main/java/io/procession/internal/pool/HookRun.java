package io.procession.internal.pool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of the user on this thread for a bounded time: when it is over the thread is interrupted, and if that does not help, somebody is told who
 * ends the process.
 */
final class HookRun {
    /** How long code that was interrupted may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String name;
    private final Duration timeout;
    private final Consumer<Throwable> endless;
    private final Thread runner = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable TimeoutException late;

    /**
     * @param name for messages, such as {@code initializer}
     * @param endless told, on another thread, about code that does not end although it was interrupted
     */
    HookRun(String name, Duration timeout, Consumer<Throwable> endless) {
        this.name = name;
        this.timeout = timeout;
        this.endless = endless;
    }

    @Nullable
    @SuppressWarnings("ReferenceEquality") // whether it is the very exception
    Object call(Callable<?> code) throws Exception {
        Thread watch = new Thread(this::watch, "procession-" + name + "-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Object result = code.call();
            TimeoutException tooLate = late;
            if (tooLate != null) {
                throw tooLate;
            }
            return result;
        } catch (Throwable e) {
            TimeoutException tooLate = late;
            if (tooLate == null || tooLate == e) {
                throw e;
            }
            tooLate.addSuppressed(e);
            throw tooLate;
        } finally {
            end();
        }
    }

    private synchronized void end() {
        done.countDown();
        Thread.interrupted(); // meant for this code, and for none that follows
    }

    /** False if the code has ended. */
    private synchronized boolean interrupt(TimeoutException tooLate) {
        if (done.getCount() == 0) {
            return false;
        }
        late = tooLate;
        runner.interrupt();
        return true;
    }

    private void watch() {
        try {
            if (done.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            TimeoutException tooLate = new TimeoutException("the " + name + " of a worker did not end within "
                    + TimeText.of(timeout)
                    + "; its thread was at the lines below. Give it more time, or find out what it waits for");
            tooLate.setStackTrace(runner.getStackTrace());
            if (interrupt(tooLate) && !done.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                endless.accept(tooLate);
            }
        } catch (InterruptedException e) {
            // nobody interrupts this thread
        }
    }
}
