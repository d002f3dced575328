package io.procession.transport.shm.queue;

/**
 * A word that points to a cell: 36 bits of a version, 28 bits of the number of a cell. In {@code head} and {@code tail} the version is that of the cell pointed to, in {@code next} that of the cell in which the
 * word stands; so neither comes again when cells are used again.
 */
final class LinkWord {
    /** In {@code next}: nothing follows yet. */
    static final int NONE = (1 << 28) - 1;

    /** In {@code next}: nothing will ever follow. */
    static final int SHUT = NONE - 1;

    /** The numbers of cells are smaller. */
    static final int MAX_CELLS = SHUT;

    private static final int VERSION_SHIFT = 28;

    private LinkWord() {}

    static long of(int cell, long version) {
        return (version << VERSION_SHIFT) | cell;
    }

    static int cell(long link) {
        return (int) link & NONE;
    }

    static long version(long link) {
        return link >>> VERSION_SHIFT;
    }

    static boolean isCell(int target) {
        return target < MAX_CELLS;
    }
}
