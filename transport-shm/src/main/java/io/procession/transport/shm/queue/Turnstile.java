package io.procession.transport.shm.queue;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of a process wait for one thing: in the order of their coming, and only the first of them sleeps on the shared memory. So 10,000 threads that wait are one sleeper to others.
 */
final class Turnstile {
    /** How closely to look. */
    enum Look {
        QUICK,
        /** Whoever rings from now on is heard; but not one who has forgotten to, because he was stopped. */
        BEFORE_SLEEP,
        /** Nobody has rung for long: somebody may have died who would have. */
        AFTER_SILENCE
    }

    /** What is waited for. */
    interface Attempt<T> {
        /**
         * Tries once.
         *
         * @param look how closely
         * @return null if there is nothing yet
         */
        @Nullable
        T tryOnce(Look look) throws IOException;
    }

    /** About half of what a wake-up across two cores costs. */
    private static final long SPIN_NANOS = 20_000;

    private static final boolean MAY_SPIN = Runtime.getRuntime().availableProcessors() > 1;

    private final Sleepers sleepers;
    private final int me;
    private final Runnable ringOn;
    private final long lookNanos;
    private final Bell bell = new Bell();
    private final Semaphore first = new Semaphore(1, true);

    /**
     * Nobody waits yet.
     *
     * @param me the slot of this process
     * @param ringOn rings at another process if what is waited for is still there
     * @param lookNanos after how long a silence a sleeper looks without having been rung at
     */
    Turnstile(Sleepers sleepers, int me, Runnable ringOn, long lookNanos) {
        this.sleepers = sleepers;
        this.me = me;
        this.ringOn = ringOn;
        this.lookNanos = lookNanos;
    }

    /** Somebody has rung at this process. */
    void ring() {
        bell.ring();
    }

    /**
     * Waits until an attempt succeeds.
     *
     * @param nanos how long at most
     * @return null if it did not in time
     */
    <T> @Nullable T await(Attempt<T> attempt, long nanos) throws InterruptedException, IOException {
        long end = System.nanoTime() + nanos;
        if (!first.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            T success = MAY_SPIN ? spin(attempt) : attempt.tryOnce(Look.QUICK);
            while (success == null && end - System.nanoTime() > 0) {
                success = sleep(attempt, end);
                if (success == null && Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return success;
        } finally {
            first.release();
        }
    }

    private <T> @Nullable T spin(Attempt<T> attempt) throws IOException {
        long end = System.nanoTime() + SPIN_NANOS;
        T success = attempt.tryOnce(Look.QUICK);
        while (success == null && System.nanoTime() < end) {
            Thread.onSpinWait();
            success = attempt.tryOnce(Look.QUICK);
        }
        return success;
    }

    private <T> @Nullable T sleep(Attempt<T> attempt, long end) throws IOException {
        bell.clear();
        sleepers.announce(me);
        try {
            T success = attempt.tryOnce(Look.BEFORE_SLEEP);
            if (success == null) {
                boolean rung = bell.await(Math.min(end - System.nanoTime(), lookNanos));
                success = attempt.tryOnce(rung ? Look.QUICK : Look.AFTER_SILENCE);
            }
            return success;
        } finally {
            if (!sleepers.withdraw(me)) {
                ringOn();
            }
        }
    }

    /** What has been claimed, or put, is so whether this succeeds or not, so the caller must get it. */
    private void ringOn() {
        try {
            ringOn.run();
        } catch (RuntimeException | Error unable) {
            // Such as no memory to map a further file of cells. Who sleeps looks by himself after a silence.
        }
    }
}
