package io.procession.internal.child;

import java.nio.ByteBuffer;

/**
 * The control plane, byte by byte, big-endian. The child begins with its token (32 bytes) and its incarnation (8); after that only the parent
 * speaks: {@code int length} of what follows, {@code byte kind}, the payload. End of file, either way, means that the other side is gone. A
 * message must mean the same said once or several times: while one waits, its equals are not sent.
 */
public final class ControlMessage {
    /** Interrupts the main thread; a payload of one byte, 1 if the child shall pass it on to its own children. */
    public static final byte INTERRUPT = 1;
    /** The first kind that is free for handlers registered with {@link ControlHandlers}. */
    public static final byte FIRST_FREE_KIND = 16;
    /** The largest payload: cancel, deadline and interrupt need no more, and nothing big shall stand in their way. */
    public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    static final int HELLO_BYTES = Bootstrap.TOKEN_BYTES + Long.BYTES;

    private ControlMessage() {}

    static ByteBuffer frame(byte kind, ByteBuffer payload) {
        if (payload.remaining() > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "a control message carries at most " + MAX_PAYLOAD_BYTES + " bytes, not " + payload.remaining());
        }
        return ByteBuffer.allocate(Integer.BYTES + 1 + payload.remaining())
                .putInt(1 + payload.remaining())
                .put(kind)
                .put(payload.duplicate())
                .flip();
    }
}
