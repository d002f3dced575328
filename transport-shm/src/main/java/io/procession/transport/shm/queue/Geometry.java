package io.procession.transport.shm.queue;

/**
 * In which file a cell stands, and where. The first file is small; each of the next is as large as all before it together, until they have {@value #MOST_CELLS} cells, and then all have so many.
 *
 * @param cellBytes a multiple of 64
 */
record Geometry(int cellBytes) {
    static final int FIRST_CELLS = 1 << 8;
    static final int MOST_CELLS = 1 << 18;

    private static final int FIRST_SHIFT = 8;
    private static final int MOST_SHIFT = 18;
    private static final int DOUBLING = MOST_SHIFT - FIRST_SHIFT;

    Geometry {
        if (!isCellSize(cellBytes)) {
            throw new IllegalArgumentException("a cell has a multiple of 64 bytes, from 64 to 4096: " + cellBytes);
        }
    }

    static boolean isCellSize(int bytes) {
        return bytes >= 64 && bytes <= 4096 && bytes % 64 == 0;
    }

    int payloadBytes() {
        return cellBytes - CellLayout.PAYLOAD;
    }

    static int file(int cell) {
        return cell < MOST_CELLS
                ? Integer.SIZE - Integer.numberOfLeadingZeros(cell >> FIRST_SHIFT)
                : DOUBLING + (cell >> MOST_SHIFT);
    }

    /** The first cell of a file, and so how many cells there are in all files before it. */
    static int firstCell(int file) {
        if (file == 0) {
            return 0;
        }
        return file <= DOUBLING ? FIRST_CELLS << (file - 1) : (file - DOUBLING) << MOST_SHIFT;
    }

    static int cells(int file) {
        return firstCell(file + 1) - firstCell(file);
    }

    int fileBytes(int file) {
        return cells(file) * cellBytes;
    }

    /** Where in its file a cell begins. */
    int at(int cell) {
        return (cell - firstCell(file(cell))) * cellBytes;
    }

    /** How many files there may be. */
    static int mostFiles() {
        return file(LinkWord.MAX_CELLS - 1) - 1;
    }
}
