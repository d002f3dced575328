package io.procession.transport.shm.queue;

/** Offsets in a cell. Everything but {@code STATE} and {@code NEXT} is written by the owner before the cell is linked, and never while it is in the list. */
final class CellLayout {
    static final int STATE = 0;
    static final int NEXT = 8;

    /** How many items were put before this one, and this one. */
    static final int NUMBER = 16;

    /** How many bytes all of these have. */
    static final int TOTAL_BYTES = 24;

    /** How many bytes the item has. */
    static final int ITEM_BYTES = 32;

    /** Where the item stands, if it is not too large. */
    static final int PAYLOAD = 40;

    /** If it is too large: the incarnation of the process in whose segment it stands, 0 if it has a file of its own. */
    static final int MAKER = PAYLOAD;

    /** Where in which segment, as {@link Extent#place}. */
    static final int PLACE = PAYLOAD + 8;

    private CellLayout() {}
}
