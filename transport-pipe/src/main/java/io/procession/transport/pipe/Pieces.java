package io.procession.transport.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A frame that is written piece by piece. Large parts on the heap are written from where they are. Used by one thread. */
final class Pieces {
    /** Parts below this are copied together with what follows: a write costs more. */
    private static final int COPIED_BYTES = 4 * 1024;

    private final ByteBuffer[] parts;
    private int first;
    private int left;

    Pieces(ByteBuffer... parts) {
        this.parts = new ByteBuffer[parts.length];
        for (int i = 0; i < parts.length; i++) {
            this.parts[i] = parts[i].duplicate();
            left += parts[i].remaining();
        }
    }

    /** How many bytes are not written. */
    int left() {
        return left;
    }

    /** Writes some, at most so many; returns how many. */
    int writeTo(FifoWriter fifo, int most) throws IOException {
        while (!parts[first].hasRemaining()) {
            first++;
        }
        ByteBuffer part = parts[first];
        int bytes;
        if (part.hasArray() && part.remaining() >= COPIED_BYTES) {
            bytes = Math.min(most, part.remaining());
            fifo.write(part.array(), part.arrayOffset() + part.position(), bytes);
            part.position(part.position() + bytes);
        } else {
            byte[] copy = copy(Math.min(Math.min(most, left), COPIED_BYTES));
            bytes = copy.length;
            fifo.write(copy, 0, bytes);
        }
        left -= bytes;
        return bytes;
    }

    private byte[] copy(int bytes) {
        byte[] copy = new byte[bytes];
        int copied = 0;
        while (copied < bytes) {
            ByteBuffer part = parts[first];
            int some = Math.min(part.remaining(), bytes - copied);
            part.get(copy, copied, some);
            copied += some;
            if (!part.hasRemaining()) {
                first++;
            }
        }
        return copy;
    }

    /** What is not written, as views. */
    ByteBuffer[] rest() {
        return Arrays.copyOfRange(parts, first, parts.length);
    }
}
