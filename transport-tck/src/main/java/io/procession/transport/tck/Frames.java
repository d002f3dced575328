package io.procession.transport.tck;

import io.procession.transport.FrameLength;
import java.nio.ByteBuffer;

/** Frames that prove themselves: length, number, and bytes that follow from both. */
final class Frames {
    private static final int HEADER_BYTES = FrameLength.BYTES + Long.BYTES;

    /** The number of a frame too small to carry one. */
    static final long NO_NUMBER = -1;

    private Frames() {}

    static ByteBuffer frame(long number, int sizeBytes) {
        return fill(ByteBuffer.allocate(sizeBytes), number);
    }

    /** Writes a frame over the whole of a buffer. */
    static ByteBuffer fill(ByteBuffer buffer, long number) {
        int sizeBytes = buffer.clear().remaining();
        buffer.putInt(sizeBytes);
        if (sizeBytes >= HEADER_BYTES) {
            buffer.putLong(number);
        }
        for (int at = buffer.position(); at < sizeBytes; at++) {
            buffer.put(at, expected(number, at));
        }
        return buffer.rewind();
    }

    /** Checks a frame to its last byte. */
    static long verify(ByteBuffer frame) {
        int sizeBytes = frame.remaining();
        int start = frame.position();
        int declared = FrameLength.read(frame, start);
        if (declared != sizeBytes) {
            throw new AssertionError("a frame of " + sizeBytes + " bytes that declares " + declared);
        }
        if (sizeBytes < HEADER_BYTES) {
            return NO_NUMBER;
        }
        long number = frame.getLong(start + FrameLength.BYTES);
        for (int at = HEADER_BYTES; at < sizeBytes; at++) {
            if (frame.get(start + at) != expected(number, at)) {
                throw new AssertionError("frame " + number + " of " + sizeBytes + " bytes differs at byte " + at + ": "
                        + frame.get(start + at) + " instead of " + expected(number, at));
            }
        }
        return number;
    }

    private static byte expected(long number, int at) {
        return (byte) (number * 7 + at * 31L);
    }
}
