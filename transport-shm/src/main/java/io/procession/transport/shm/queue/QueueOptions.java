package io.procession.transport.shm.queue;

/**
 * What a queue is made with.
 *
 * @param bound how much may wait in it
 * @param cellBytes of a cell, a multiple of 64
 * @param slots how many processes may use it at the same time, from 1 to {@value CellState#MAX_OWNER}
 * @param segmentBytes how much each process keeps at most for its large items, from 0 to {@value #MAX_SEGMENT_BYTES}
 */
record QueueOptions(Bound bound, int cellBytes, int slots, long segmentBytes) {
    /** Room for most objects with the names of their class and fields. */
    static final int DEFAULT_CELL_BYTES = 512;

    static final int DEFAULT_SLOTS = 1023;
    static final long DEFAULT_SEGMENT_BYTES = 16 << 20;
    static final long MAX_SEGMENT_BYTES = 1 << 30;

    QueueOptions {
        if (slots < 1 || slots > CellState.MAX_OWNER) {
            throw new IllegalArgumentException(
                    "from 1 to " + CellState.MAX_OWNER + " processes can use a queue at the same time: " + slots);
        }
    }

    static QueueOptions of(Bound bound) {
        return new QueueOptions(bound, DEFAULT_CELL_BYTES, DEFAULT_SLOTS, DEFAULT_SEGMENT_BYTES);
    }

    QueueOptions withSegmentBytes(long most) {
        return new QueueOptions(bound, cellBytes, slots, most);
    }
}
