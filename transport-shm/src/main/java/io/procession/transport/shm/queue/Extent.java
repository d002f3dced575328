package io.procession.transport.shm.queue;

/**
 * A part of a segment, lent to one use of a cell: it is that item's until the cell says that nobody reads the item any more.
 *
 * @param segment of this process
 * @param at where it begins
 * @param bytes of the item
 * @param cell that refers to it
 * @param version of the cell in this use
 */
record Extent(Segment segment, int at, int bytes, int cell, long version) {
    /** Whether it may be lent again. SYNC: pairs with Claims.commit, after which who took the item reads it no more. */
    boolean isOver(QueueMemory memory) {
        return CellState.isPast(memory.get(cell, CellLayout.STATE), version);
    }

    void takeBack() {
        segment.takeBack(at, bytes);
    }

    /** The word by which others find it. */
    long place() {
        return (long) segment.number() << Integer.SIZE | at;
    }

    static int segment(long place) {
        return (int) (place >>> Integer.SIZE);
    }

    static int at(long place) {
        return (int) place;
    }
}
