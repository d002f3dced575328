package io.procession.transport.pipe;

/**
 * How long a caller waits, without sleeping, for room in a FIFO. For less than it takes to wake another thread, and only while that pays: whoever reads on the other side is running then and makes
 * room within microseconds. If it does not, the next frames go to the writer thread at once, more of them each time it was in vain. Used by who has the turn to write.
 */
final class Patience {
    /** About what it costs to hand a frame to another thread and to be told when it is written. */
    private static final long NANOS = 60_000;

    /** So long nobody asks how much was read: the question itself holds the reader up. */
    private static final int PAUSES = 40;

    /** Below this a piece costs more than it brings, unless it is the last. */
    private static final int SMALLEST_BYTES = 8 * 1024;

    private static final int MOST_SKIPPED = 64;
    private static final boolean SEVERAL_CORES = Runtime.getRuntime().availableProcessors() > 1;

    private final int windowBytes;
    private int skip;
    private int skipped;
    private long until;

    Patience(int windowBytes) {
        this.windowBytes = windowBytes;
    }

    /** Whether a caller should begin a frame for which there is not room at once. */
    boolean isWorthwhile() {
        if (!SEVERAL_CORES || windowBytes < 2 * SMALLEST_BYTES) {
            return false;
        }
        if (skipped < skip) {
            skipped++;
            return false;
        }
        return true;
    }

    /** Whether it pays to write now. */
    boolean isRoom(int unreadBytes, int wantedBytes) {
        return windowBytes - unreadBytes >= Math.min(wantedBytes, SMALLEST_BYTES);
    }

    /** There is no room. */
    void begin() {
        until = System.nanoTime() + NANOS;
    }

    /** There was room in time. */
    void rewarded() {
        skip = 0;
    }

    /** Waits a little; false if it has lasted long enough. */
    boolean goesOn() {
        for (int i = 0; i < PAUSES; i++) {
            Thread.onSpinWait();
        }
        if (System.nanoTime() - until < 0) {
            return true;
        }
        skip = Math.min(MOST_SKIPPED, 2 * skip + 2);
        skipped = 0;
        return false;
    }
}
