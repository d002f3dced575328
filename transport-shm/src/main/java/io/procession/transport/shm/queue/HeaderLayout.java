package io.procession.transport.shm.queue;

/**
 * Offsets in the header. Words that different processes change often stand 128 bytes apart: processors fetch their lines of 64 bytes in pairs.
 *
 * <pre>
 *   0     8  magic "PROCSHQ1"         128   8  head
 *   8     4  version, 1               256   8  tail
 *   12    4  bytes of a cell          384   8  returns: grows whenever items have come back
 *   16    8  bound in items           512   8  files: how many files of cells there are
 *   24    8  bound in bytes           520   8  end: 1 if the owner has closed the queue, + 2 if it was shut down, + 4 if that was immediate
 *   32    8  incarnation of the owner 640   8  sleepers: a hint, grows before each sleep
 *   40    8  slots                    648   8  highest: the highest slot that was ever used
 *   48    8  most bytes of segments
 *   1024     the slots, 64 bytes each, of the processes that use the queue; owner n stands at 1024 + 64 n
 * </pre>
 */
final class HeaderLayout {
    static final int MAGIC = 0;
    static final int VERSION = 8;
    static final int CELL_BYTES = 12;
    static final int BOUND_ITEMS = 16;
    static final int BOUND_BYTES = 24;
    static final int OWNER = 32;
    static final int SLOTS = 40;
    static final int SEGMENT_BYTES = 48;
    static final int HEAD = 128;
    static final int TAIL = 256;
    static final int RETURNS = 384;
    static final int FILES = 512;
    static final int END = 520;
    /** In {@code END}: the owner has closed the queue. */
    static final long HAS_ENDED = 1;

    /** In {@code END}: the queue was shut down; only said for speed, since the list itself tells it. Said by whoever meets it there, too. */
    static final long WAS_SHUT = 2;

    /** In {@code END}: what is in the queue, or comes back to it, is dropped. Who reads it shuts the list, for who said it may not have come to that. */
    static final long DROPS = 4;

    static final int SLEEPERS = 640;
    static final int HIGHEST = 648;

    static final int FIRST_SLOT = 1024;
    static final int SLOT_BYTES = 64;

    /** In a slot: which process it is, 0 if none. */
    static final int INCARNATION = 0;

    /** In a slot: whether somebody in the process sleeps until there are items. */
    static final int WAITS_FOR_ITEM = 8;

    /** In a slot: whether somebody in the process sleeps until there is room. */
    static final int WAITS_FOR_ROOM = 16;

    private HeaderLayout() {}

    static int slot(int owner, int word) {
        return FIRST_SLOT + owner * SLOT_BYTES + word;
    }

    static int bytes(int slots) {
        return FIRST_SLOT + (slots + 1) * SLOT_BYTES;
    }
}
