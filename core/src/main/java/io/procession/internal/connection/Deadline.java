package io.procession.internal.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** The end of a wait, by {@link System#nanoTime()}. Immutable. */
public final class Deadline {
    private static final long FAR_NANOS = Long.MAX_VALUE / 2;

    /** Without a look at the clock; with two of them for each put and each take, a queue in shared memory would take a sixth longer. */
    private static final Deadline NEVER = new Deadline(FAR_NANOS);

    private final long at;

    private Deadline(long nanos) {
        this.at = System.nanoTime() + nanos;
    }

    /**
     * So long from now.
     *
     * @param timeout zero or less has passed already; null, like a century, never comes
     * @return the deadline
     */
    public static Deadline after(@Nullable Duration timeout) {
        if (timeout == null) {
            return NEVER;
        }
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        return new Deadline(Math.max(0, Math.min(nanos, FAR_NANOS)));
    }

    /**
     * What is left.
     *
     * @return nanoseconds; zero or less once it has passed
     */
    public long leftNanos() {
        return this == NEVER ? FAR_NANOS : at - System.nanoTime();
    }

    /**
     * What is left.
     *
     * @return zero or less once it has passed
     */
    public Duration left() {
        return Duration.ofNanos(leftNanos());
    }

    /**
     * Waits for a signal until it passes; may return early.
     *
     * @param condition whose lock is held
     * @throws InterruptedException if the thread was interrupted
     */
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public void await(Condition condition) throws InterruptedException {
        long left = condition.awaitNanos(leftNanos());
        assert left <= FAR_NANOS;
    }

    /**
     * Whether it has passed.
     *
     * @return true if nothing is left
     */
    public boolean hasPassed() {
        return leftNanos() <= 0;
    }
}
