package io.procession.internal.connection;

/**
 * Whether it is worth a try that a thread which waits for a message reads the link itself for a moment. It is while messages are answered quickly, and when there is a core to
 * spin on; who spins in vain takes time from the process he waits for, so each failure doubles the number of waits until the next try. Safe for all threads.
 */
final class ShortWaits {
    /** How long a try lasts; about twice what it costs to wake a thread on another core. */
    static final long TRY_NANOS = 100_000;

    /** Beyond that a wait is not short; two or three threads woken are within it. */
    private static final long SHORT_NANOS = 120_000;

    private static final int MOST_DOUBLINGS = 8;

    private final boolean coreToSpare;

    // Guarded by this.
    private boolean lastWasShort;
    private int failures;
    private int pass;
    private boolean refused;

    /**
     * @param coreToSpare whether this process and the one it waits for can run at the same time
     */
    ShortWaits(boolean coreToSpare) {
        this.coreToSpare = coreToSpare;
    }

    /** Whether the wait that begins now is worth a try. */
    synchronized boolean worthTrying() {
        if (!lastWasShort || !coreToSpare) {
            return false;
        }
        if (pass > 0) {
            pass--;
            return false;
        }
        return true;
    }

    /** A try of which the link let something come. */
    synchronized void tried(boolean came) {
        refused = false;
        failures = came ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
        pass = (1 << failures) - 1;
    }

    /** A try that the link did not let happen. The next will be, if the next wait comes soon; if it is not, this was in vain. */
    synchronized void refused() {
        if (refused) {
            tried(false);
        } else {
            refused = true;
        }
    }

    /** So long a wait took, however it was waited. */
    synchronized void waited(long nanos) {
        lastWasShort = nanos < SHORT_NANOS;
    }
}
