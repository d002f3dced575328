package io.procession.internal.connection;

import io.procession.transport.FrameLength;
import java.nio.ByteBuffer;

/**
 * The first 16 bytes of every frame, big-endian:
 *
 * <pre>
 *  0       4    5     6     8               16
 *  | length | kind | flags | zero |  id      | payload ...
 * </pre>
 */
final class FrameHeader {
    static final int BYTES = 16;

    /** More frames of this message follow. */
    static final int MORE = 1;
    /** The first of several: the payload begins with the length of the whole message's payload as a long. */
    static final int FIRST_OF_MANY = 2;
    /** The message of this kind and id will not be completed; no payload. */
    static final int ABORT = 4;

    private static final int KNOWN_FLAGS = MORE | FIRST_OF_MANY | ABORT;

    private FrameHeader() {}

    static void put(ByteBuffer into, int frameBytes, Kind kind, int flags, long id) {
        into.putInt(frameBytes)
                .put(kind.code())
                .put((byte) flags)
                .putShort((short) 0)
                .putLong(id);
    }

    static void check(ByteBuffer frame) throws ProtocolException {
        if (frame.remaining() < BYTES || FrameLength.read(frame, frame.position()) != frame.remaining()) {
            throw new ProtocolException(
                    "a frame of " + frame.remaining() + " bytes whose header is missing or declares another length");
        }
        int flags = flags(frame);
        if ((flags & ~KNOWN_FLAGS) != 0 || frame.getShort(frame.position() + 6) != 0) {
            throw new ProtocolException("a frame with unknown flags 0x" + Integer.toHexString(flags));
        }
    }

    static Kind kind(ByteBuffer frame) throws ProtocolException {
        byte code = frame.get(frame.position() + 4);
        Kind kind = Kind.of(code);
        if (kind == null) {
            throw new ProtocolException("a frame of unknown kind " + (code & 0xff));
        }
        return kind;
    }

    static int flags(ByteBuffer frame) {
        return frame.get(frame.position() + 5);
    }

    static long id(ByteBuffer frame) {
        return frame.getLong(frame.position() + 8);
    }
}
