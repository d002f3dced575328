package io.procession.pool;

/**
 * How far a lazy map reads ahead of the results that have been taken, and in chunks of which size. Set by hand, the look-ahead is in items. Otherwise it
 * is as many as make up {@value #BUDGET_BYTES} bytes with their results, as far as that is known, and never less than keeps the workers busy.
 */
final class LookAhead {
    private static final long BUDGET_BYTES = 1 << 20;

    /** What an item takes besides its encoded bytes: its object, its place in lists here and there. */
    private static final long OVERHEAD_BYTES = 48;

    /** For each worker one chunk that runs, one that waits, and one that is being consumed. */
    private static final int CHUNKS_PER_WORKER = 3;

    /** Before it is known how long an item takes, a long look-ahead is not cut into single items and sent at once. */
    private static final int MOST_CHUNKS_PER_WORKER = 16;

    private final int byHand;
    private final int chunkByHand;
    private final ChunkSizer sizer;
    private long bytesPerItem = BUDGET_BYTES;

    LookAhead(MapOptions options) {
        this.byHand = options.lookAhead();
        this.chunkByHand = options.chunkSize();
        this.sizer = new ChunkSizer(chunkByHand);
    }

    /** A chunk was answered. */
    void measured(int items, long nanos, long bytes) {
        sizer.measured(items, nanos);
        bytesPerItem = OVERHEAD_BYTES + bytes / items;
    }

    /** How many items may have been read and not been taken. */
    int items(int workers) {
        if (byHand > 0) {
            return byHand;
        }
        long least = (long) CHUNKS_PER_WORKER * workers * Math.max(1, chunkByHand);
        return (int) Math.min(Integer.MAX_VALUE, Math.max(least, BUDGET_BYTES / bytesPerItem));
    }

    /** How many items the next chunk should have. */
    int chunk(int workers) {
        if (chunkByHand > 0) {
            return chunkByHand;
        }
        return Math.max(1, Math.min(sizer.wanted(), items(workers) / (CHUNKS_PER_WORKER * workers)));
    }

    /** How many chunks may be on their way. */
    static int chunks(int workers) {
        return MOST_CHUNKS_PER_WORKER * workers;
    }
}
