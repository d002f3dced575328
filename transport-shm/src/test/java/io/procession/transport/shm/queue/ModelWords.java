package io.procession.transport.shm.queue;

import java.util.Arrays;

/** A queue's memory as an array that can be copied and compared: the header's words that the algorithm uses, and a few cells. */
final class ModelWords implements QueueMemory {
    static final int SLOTS = 4;

    /** The incarnation of a process that joins while others are at work. */
    static final int LATECOMER = SLOTS + 1;

    /** What one process may lend to its items. Some word that the algorithm does not use otherwise. */
    static final int EXTENT = HeaderLayout.END;

    private static final int HEADER_WORDS = 6 + 2 * SLOTS;
    private static final int CELL_WORDS = 5;

    private final int cells;
    final long[] words;

    ModelWords(int cells) {
        this(cells, new long[HEADER_WORDS + cells * CELL_WORDS]);
    }

    private ModelWords(int cells, long[] words) {
        this.cells = cells;
        this.words = words;
    }

    ModelWords copy() {
        return new ModelWords(cells, Arrays.copyOf(words, words.length));
    }

    @Override
    public long get(int cell, int offset) {
        return words[index(cell, offset)];
    }

    @Override
    public void set(int cell, int offset, long value) {
        words[index(cell, offset)] = value;
    }

    @Override
    public boolean compareAndSet(int cell, int offset, long expected, long value) {
        int index = index(cell, offset);
        if (words[index] != expected) {
            return false;
        }
        words[index] = value;
        return true;
    }

    @Override
    public int cells() {
        return cells;
    }

    private static int index(int cell, int offset) {
        if (cell >= 0) {
            return HEADER_WORDS + cell * CELL_WORDS + offset / Long.BYTES;
        }
        return switch (offset) {
            case HeaderLayout.HEAD -> 0;
            case HeaderLayout.TAIL -> 1;
            case HeaderLayout.RETURNS -> 2;
            case HeaderLayout.SLEEPERS -> 3;
            case HeaderLayout.HIGHEST -> 4;
            case EXTENT -> HEADER_WORDS - 1;
            default -> slot(offset - HeaderLayout.FIRST_SLOT);
        };
    }

    /** Two words of each. */
    private static int slot(int offset) {
        return 3 + 2 * (offset / HeaderLayout.SLOT_BYTES) + offset % HeaderLayout.SLOT_BYTES / Long.BYTES;
    }
}
