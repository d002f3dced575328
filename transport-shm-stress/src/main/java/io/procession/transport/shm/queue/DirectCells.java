package io.procession.transport.shm.queue;

import io.procession.transport.shm.memory.Words;
import java.nio.ByteBuffer;

/** A small queue's memory without files, accessed as in {@link MappedCells}. */
final class DirectCells implements QueueMemory {
    static final int SLOTS = 3;
    private static final int CELLS = 4;
    private static final int CELL_BYTES = 64;

    private final ByteBuffer header = ByteBuffer.allocateDirect(HeaderLayout.bytes(SLOTS));
    private final ByteBuffer cells = ByteBuffer.allocateDirect(CELLS * CELL_BYTES);

    @Override
    public long get(int cell, int offset) {
        return Words.getVolatile(cell < 0 ? header : cells, at(cell, offset));
    }

    @Override
    public void set(int cell, int offset, long value) {
        Words.setRelease(cell < 0 ? header : cells, at(cell, offset), value);
    }

    @Override
    public boolean compareAndSet(int cell, int offset, long expected, long value) {
        return Words.compareAndSet(cell < 0 ? header : cells, at(cell, offset), expected, value);
    }

    @Override
    public int cells() {
        return CELLS;
    }

    /** An item of 8 bytes, written plainly. */
    void item(int cell, long item) {
        cells.putLong(cell * CELL_BYTES + CellLayout.PAYLOAD, item);
    }

    long item(int cell) {
        return cells.getLong(cell * CELL_BYTES + CellLayout.PAYLOAD);
    }

    private static int at(int cell, int offset) {
        return cell < 0 ? offset : cell * CELL_BYTES + offset;
    }
}
