package io.procession.pool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** A wait for an answer, of which a fork-join pool knows: while a stage waits, another thread runs those behind it. Used by one thread. */
final class Arrival implements ForkJoinPool.ManagedBlocker {
    private final CountDownLatch latch;
    private final long timeoutNanos;
    private boolean arrived;

    private Arrival(CountDownLatch latch, long timeoutNanos) {
        this.latch = latch;
        this.timeoutNanos = timeoutNanos;
    }

    /** Waits until the latch is open; false if that took too long. */
    static boolean await(CountDownLatch latch, long timeoutNanos) throws InterruptedException {
        if (!(Thread.currentThread() instanceof ForkJoinWorkerThread)) {
            return latch.await(timeoutNanos, TimeUnit.NANOSECONDS);
        }
        Arrival wait = new Arrival(latch, timeoutNanos);
        ForkJoinPool.managedBlock(wait);
        return wait.arrived;
    }

    @Override
    public boolean block() throws InterruptedException {
        arrived = latch.await(timeoutNanos, TimeUnit.NANOSECONDS);
        return true;
    }

    @Override
    public boolean isReleasable() {
        arrived = latch.getCount() == 0;
        return arrived;
    }
}
