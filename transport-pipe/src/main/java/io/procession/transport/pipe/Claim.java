package io.procession.transport.pipe;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a client writes to the rendezvous: first that it comes, then which pair it has opened. Records are written whole, since they are far below {@code
 * PIPE_BUF}; a mark lets the host find the next one behind bytes that are none.
 *
 * <pre>
 *   offset  bytes
 *        0      4  "PIPE"
 *        4      4  how many unread bytes the host may leave in the FIFO to the client (see {@link RoomProbe})
 *        8      8  the number of the pair; 0: none yet
 * </pre>
 */
record Claim(long pair, int windowBytes) {
    static final int BYTES = 16;
    /** Somebody will want a ticket. */
    static final Claim ANNOUNCEMENT = new Claim(0, 0);

    private static final int MARK = 0x50495045;

    boolean isAnnouncement() {
        return pair == 0;
    }

    ByteBuffer encode() {
        return ByteBuffer.allocateDirect(BYTES)
                .putInt(MARK)
                .putInt(windowBytes)
                .putLong(pair)
                .flip();
    }

    /** Takes the next record out of what was read; null if there is no whole one. */
    static @Nullable Claim poll(ByteBuffer read) {
        while (read.remaining() >= BYTES) {
            int start = read.position();
            if (read.getInt(start) == MARK) {
                read.position(start + BYTES);
                return new Claim(read.getLong(start + 8), read.getInt(start + 4));
            }
            read.position(start + 1);
        }
        return null;
    }
}
