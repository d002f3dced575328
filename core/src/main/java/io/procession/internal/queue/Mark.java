package io.procession.internal.queue;

import io.procession.internal.family.CommitSlots;

/**
 * What became of the items of one delivery, in words of the status page of the process that got them, where its host reads it whenever it likes.
 *
 * <pre>
 *   word  0            1                   2 ... 5
 *        | number of  | how many a thread | one bit for each item   |
 *        | the call   | has got           | that is taken for good  |
 * </pre>
 *
 * <p>Written under the lock of {@link Takers}. The number is written last when a delivery begins, and is zero while the other words still are those of the one before: so a process
 * that dies in between has taken nothing of the new one. Bits rather than a count, because threads that decode large items must not hold up others.
 */
final class Mark {
    static final int WORDS = 6;
    /** The most items a delivery has. */
    static final int MAX_ITEMS = (WORDS - Mark.BITS) * Long.SIZE;

    static final int HANDED = 1;
    static final int BITS = 2;

    private final CommitSlots slots;
    private final long[] bits = new long[WORDS - BITS];

    Mark(CommitSlots slots) {
        this.slots = slots;
    }

    int index() {
        return slots.index();
    }

    void begin(long call) {
        slots.set(0, 0);
        slots.set(HANDED, 0);
        for (int word = 0; word < bits.length; word++) {
            bits[word] = 0;
            slots.set(BITS + word, 0);
        }
        // SYNC: release, after the words above. The partner is Delivered.readMark, a system call that copies upwards.
        slots.set(0, call);
    }

    void handed(int count) {
        slots.set(HANDED, count);
    }

    void commit(int index) {
        int word = index / Long.SIZE;
        bits[word] |= 1L << index % Long.SIZE;
        // SYNC: before the take returns. Read by Delivered.readMark, at the latest after the death of this process,
        // which
        // finds each store that was executed.
        slots.set(BITS + word, bits[word]);
    }

    void release() {
        slots.release();
    }

    static boolean isCommitted(long[] words, int index) {
        return (words[BITS + index / Long.SIZE] >>> index % Long.SIZE & 1) != 0;
    }
}
