package io.procession.transport.pipe;

import java.nio.ByteBuffer;

/**
 * What a client writes to the rendezvous: first that it comes, then which pair it has opened.
 *
 * <p>16 bytes, big-endian: the number of the pair (0: none yet), then how many unread bytes the host may leave in the FIFO to the client (see
 * {@link FrameWriter}).
 */
record Claim(long pair, int windowBytes) {
    static final int BYTES = 16;
    /** Somebody will want a ticket. */
    static final Claim ANNOUNCEMENT = new Claim(0, 0);

    ByteBuffer encode() {
        return ByteBuffer.allocateDirect(BYTES)
                .putLong(pair)
                .putLong(windowBytes)
                .flip();
    }

    static Claim decode(ByteBuffer bytes) {
        return new Claim(bytes.getLong(), (int) bytes.getLong());
    }
}
