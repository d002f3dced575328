package io.procession.internal.queue;

/**
 * How fast the threads of this process come back for more, and so how far ahead of them items may run. Guarded by the lock of {@link Takers}.
 *
 * <p>As much as they handle in {@link #AHEAD_NANOS}, judged by the time between an item given and the next one asked for. So who takes a long time for an item has none waiting behind it,
 * which others could have, and who does nothing but take gets hundreds in one answer.
 */
final class Pace {
    /** Long against a round trip to the host, short against anything that people notice. */
    private static final long AHEAD_NANOS = 2_000_000;

    private static final long SLOW_NANOS = 10_000_000;

    private long lastGiven;
    private boolean given;
    private long averageNanos = SLOW_NANOS;

    /** Somebody asks. */
    void asked(long now) {
        if (given) {
            long gap = Math.min(Math.max(now - lastGiven, 0), SLOW_NANOS);
            averageNanos += (gap - averageNanos) / 4;
            given = false;
        }
    }

    /** Somebody got an item. */
    void given(long now) {
        lastGiven = now;
        given = true;
    }

    /** Others had to ask back what ran ahead. */
    void tooFar() {
        averageNanos = SLOW_NANOS;
    }

    /** How many items may be here for the next who asks, the one he waits for included. */
    int window() {
        return (int) Math.max(1, Math.min(Mark.MAX_ITEMS, AHEAD_NANOS / Math.max(1, averageNanos)));
    }
}
