package io.procession.pool;

/**
 * How many items the next chunk of a map should have. Starts with one item, then aims at a chunk that takes {@value #TARGET_NANOS} ns at
 * the speed last measured: long enough that the cost of a message does not matter, short enough that workers end together.
 */
final class ChunkSizer {
    static final long TARGET_NANOS = 5_000_000;
    private static final int GROWTH = 16;
    private static final int PARTS_PER_WORKER = 2;

    private final int byHand;
    private int current = 1;

    /**
     * @param byHand the size to use whatever is measured; 0 for none
     */
    ChunkSizer(int byHand) {
        this.byHand = byHand;
    }

    /**
     * The size of the next chunk when {@code left} items (at least one) are left: never more than a fair part of them, unless it is set by hand
     * (guided self-scheduling: Polychronopoulos and Kuck, 1987).
     */
    int next(int left, int workers) {
        int fair = byHand > 0 ? left : Math.max(1, left / (workers * PARTS_PER_WORKER));
        return Math.min(wanted(), fair);
    }

    /** The size that would be good if there were no end. */
    int wanted() {
        return byHand > 0 ? byHand : current;
    }

    /** A chunk of so many items took so long in its worker. */
    void measured(int items, long nanos) {
        long perItem = Math.max(1, nanos / items);
        long wanted = Math.max(1, TARGET_NANOS / perItem);
        current = (int) Math.min(wanted, Math.min((long) current * GROWTH, 1 << 20));
    }
}
