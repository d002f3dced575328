package io.procession.transport.shm.queue;

import java.nio.ByteBuffer;

/** An item on its way to a taker: nobody else's, and his only once he commits. For one thread; one of the two must be called once. */
final class Taken {
    private final MemoryQueue queue;
    private final Claim claim;
    private final ByteBuffer bytes;
    private final int size;

    Taken(MemoryQueue queue, Claim claim, ByteBuffer bytes) {
        this.queue = queue;
        this.claim = claim;
        this.bytes = bytes;
        this.size = bytes.remaining();
    }

    /** The item; may be the shared memory itself, so it must have been read before the commit. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Takes it for good: whatever happens, it comes to nobody else. */
    void commit() {
        queue.commit(claim, queue.isLarge(size));
    }

    /** Lets it come to somebody else, before all items that were never taken. */
    void giveBack() {
        queue.giveBack(claim);
    }
}
