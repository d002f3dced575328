package io.procession.transport.shm.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An item on its way to a taker: nobody else's, and his only once he commits. For one thread; one of the two must be called once. */
final class Taken {
    private final MemoryQueue queue;
    private final Claim claim;
    private final ByteBuffer bytes;
    private final boolean alone;
    private final @Nullable IOException lost;

    /** One that can be read; which has a file of its own, or has not. */
    Taken(MemoryQueue queue, Claim claim, ByteBuffer bytes, boolean alone) {
        this(queue, claim, bytes, alone, null);
    }

    /** One that is lost. */
    Taken(MemoryQueue queue, Claim claim, boolean alone, IOException lost) {
        this(queue, claim, ByteBuffer.allocate(0), alone, lost);
    }

    private Taken(MemoryQueue queue, Claim claim, ByteBuffer bytes, boolean alone, @Nullable IOException lost) {
        this.queue = queue;
        this.claim = claim;
        this.bytes = bytes;
        this.alone = alone;
        this.lost = lost;
    }

    /**
     * The item; may be the shared memory itself, so it must have been read before the commit.
     *
     * @throws UncheckedIOException if it is lost; it is to be committed, for it can be read nowhere
     */
    ByteBuffer bytes() {
        if (lost != null) {
            throw new UncheckedIOException(lost.getMessage(), lost);
        }
        return bytes;
    }

    /** Takes it for good: whatever happens, it comes to nobody else. False if it has come to somebody else before, as to a process that was declared dead. */
    boolean commit() {
        return queue.commit(claim, alone);
    }

    /** Lets it come to somebody else, before all items that were never taken. */
    void giveBack() {
        queue.giveBack(claim);
    }
}
