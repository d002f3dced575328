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
        for (int owner = 1; owner <= slots; owner++) {
            if (incarnation(owner) == incarnation) {
                return owner;
            }
        }
        for (int owner = 1; owner <= slots; owner++) {
            if (incarnation(owner) == 0 && change(owner, 0, incarnation)) {
                return owner;
            }
        }
        return 0;
    }

    /** Frees a slot whose process owns no cell any more and will own none. */
    void leave(int owner, long incarnation) {
        change(owner, incarnation, 0);
    }

    private boolean change(int owner, long from, long to) {
        return memory.compareAndSet(HEADER, HeaderLayout.slot(owner, HeaderLayout.INCARNATION), from, to);
    }
}
