package io.procession.transport.socket;

import java.nio.ByteBuffer;
import java.util.Random;

/** Frames whose contents follow from their number. */
final class Frames {
    private Frames() {}

    static ByteBuffer numbered(long number, int length) {
        ByteBuffer frame = ByteBuffer.allocate(length).putInt(length).putLong(number);
        byte[] rest = new byte[frame.remaining()];
        new Random(number).nextBytes(rest);
        return frame.put(rest).flip();
    }

    static long number(ByteBuffer frame) {
        return frame.getLong(4);
    }
}
