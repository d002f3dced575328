package io.procession.transport.shm.queue;

import static io.procession.transport.shm.queue.QueueMemory.HEADER;

/** The processes that use a queue: the number of a slot, from 1, is what stands in cells as their owner. */
final class Slots {
    private final QueueMemory memory;
    private final int slots;

    Slots(QueueMemory memory, int slots) {
        this.memory = memory;
        this.slots = slots;
    }

    int count() {
        return slots;
    }

    long incarnation(int owner) {
        return memory.get(HEADER, HeaderLayout.slot(owner, HeaderLayout.INCARNATION));
    }

    /** Gives a process a slot, the one that it has if it has one; 0 if none is free, in which case those of the dead should be {@linkplain Recovery recovered}. */
    int join(long incarnation) {
        int highest = highest();
        for (int owner = 1; owner <= highest; owner++) {
            if (incarnation(owner) == incarnation) {
                return owner;
            }
        }
        for (int owner = 1; owner <= slots; owner++) {
            // SYNC: before the slot is used; pairs with highest in join, Recovery and Sleepers: who looks at all slots
            // that are used looks far enough.
            reach(owner);
            if (incarnation(owner) == 0 && change(owner, 0, incarnation)) {
                return owner;
            }
        }
        return 0;
    }

    /** No slot above has ever been used. */
    int highest() {
        return (int) Math.min(memory.get(HEADER, HeaderLayout.HIGHEST), slots);
    }

    private void reach(int owner) {
        long highest = memory.get(HEADER, HeaderLayout.HIGHEST);
        while (highest < owner && !memory.compareAndSet(HEADER, HeaderLayout.HIGHEST, highest, owner)) {
            highest = memory.get(HEADER, HeaderLayout.HIGHEST);
        }
    }

    /** Frees a slot whose process owns no cell any more and will own none. */
    void leave(int owner, long incarnation) {
        // SYNC: after its last cell was changed; pairs with the step by which another gets the slot in join, and with
        // the second look of Recovery.
        change(owner, incarnation, 0);
    }

    private boolean change(int owner, long from, long to) {
        return memory.compareAndSet(HEADER, HeaderLayout.slot(owner, HeaderLayout.INCARNATION), from, to);
    }
}
