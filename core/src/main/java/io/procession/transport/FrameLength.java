package io.procession.transport;

import java.nio.ByteBuffer;

/**
 * The one thing a transport knows of a frame: its first four bytes are its length in bytes, big-endian, counting the whole frame,
 * these four included.
 */
public final class FrameLength {
    /** The bytes of the length itself, and so the smallest length there is. */
    public static final int BYTES = 4;

    private FrameLength() {}

    /**
     * Checks a frame about to be sent.
     *
     * @param maxFrameBytes the largest frame allowed
     * @param parts the frame
     * @return its length in bytes
     * @throws IllegalArgumentException if the first part does not begin with the length of all parts, or that is too large
     */
    public static int check(int maxFrameBytes, ByteBuffer... parts) {
        long total = 0;
        for (ByteBuffer part : parts) {
            total += part.remaining();
        }
        if (parts.length == 0 || parts[0].remaining() < BYTES) {
            throw new IllegalArgumentException("a frame begins with its length in its first part; this one has "
                    + (parts.length == 0 ? 0 : parts[0].remaining()) + " bytes there");
        }
        int declared = read(parts[0], parts[0].position());
        if (declared != total || total > maxFrameBytes) {
            throw new IllegalArgumentException("a frame of " + total + " bytes declares " + declared
                    + "; both must be equal and at most " + maxFrameBytes);
        }
        return declared;
    }

    /**
     * Reads a length, whatever the byte order of the buffer.
     *
     * @param buffer where the frame begins
     * @param index the index of its first byte
     * @return the length as it stands there, unchecked
     */
    public static int read(ByteBuffer buffer, int index) {
        return (buffer.get(index) & 0xff) << 24
                | (buffer.get(index + 1) & 0xff) << 16
                | (buffer.get(index + 2) & 0xff) << 8
                | (buffer.get(index + 3) & 0xff);
    }
}
