package io.procession.transport.socket;

import io.procession.transport.FrameLength;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Cuts what arrives into frames. Small until large frames come. For the thread of the link. */
final class FrameReader {
    private static final int INITIAL_BYTES = 4 * 1024;
    /** From this size on a frame is read to its end and no further, so that it need not be moved to make room. */
    private static final int LARGE_BYTES = 8 * 1024;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(INITIAL_BYTES);
    private int start;
    private int end;
    /** Bytes of the frames that were taken. */
    private long taken;

    /**
     * Where the next bytes belong. To be followed by {@link #added}.
     *
     * @return a buffer with room, unless a whole large frame waits to be taken
     */
    ByteBuffer room() {
        if (start == end) {
            start = 0;
            end = 0;
        }
        int wanted = wanted();
        if (wanted > buffer.capacity() || end == buffer.capacity()) {
            makeRoom(wanted);
        }
        if (start + wanted > buffer.capacity()) {
            moveTo(buffer);
        }
        buffer.limit(wanted >= LARGE_BYTES ? Math.max(start + wanted, end) : buffer.capacity());
        return buffer.position(end);
    }

    /** How many bytes make the frame that begins here whole, as far as is known and possible. */
    private int wanted() {
        int length = end - start < FrameLength.BYTES ? 0 : FrameLength.read(buffer, start);
        return length > SocketLink.MAX_FRAME_BYTES ? FrameLength.BYTES : Math.max(length, FrameLength.BYTES);
    }

    /** Where bytes belong that are no frames yet. To be followed by {@link #added}. */
    ByteBuffer roomForHandshake() {
        return buffer.limit(buffer.capacity()).position(end);
    }

    /** A buffer that was filled to its end is too small for the traffic, whatever is in it. */
    private void makeRoom(int wanted) {
        if (buffer.capacity() < SocketLink.MAX_FRAME_BYTES) {
            int capacity = Math.max(4 * buffer.capacity(), wanted);
            moveTo(ByteBuffer.allocateDirect(Math.min(capacity, SocketLink.MAX_FRAME_BYTES)));
        } else {
            moveTo(buffer);
        }
    }

    private void moveTo(ByteBuffer other) {
        ByteBuffer rest = buffer.limit(end).position(start).slice();
        other.clear().put(0, rest, 0, end - start);
        end -= start;
        start = 0;
        buffer = other;
    }

    /** Tells how many bytes were put into the room. */
    void added(int bytes) {
        end += bytes;
        buffer.clear();
    }

    /**
     * Takes the next frame.
     *
     * @return the frame, valid until the next {@link #room}; null if it is not whole yet
     * @throws IOException if what arrived cannot be a frame
     */
    @Nullable
    ByteBuffer next() throws IOException {
        if (end - start < FrameLength.BYTES) {
            return null;
        }
        int length = FrameLength.read(buffer, start);
        if (length < FrameLength.BYTES || length > SocketLink.MAX_FRAME_BYTES) {
            throw new IOException("a frame of " + length + " bytes arrived; the smallest is " + FrameLength.BYTES
                    + ", the largest " + SocketLink.MAX_FRAME_BYTES);
        }
        if (end - start < length) {
            return null;
        }
        ByteBuffer frame = buffer.slice(start, length);
        start += length;
        taken += length;
        return frame;
    }

    /** How many bytes of frames have arrived, those that are not whole included. */
    long received() {
        return taken + end - start;
    }

    /** Adds as much as there is room for, as if it had arrived; true if that was anything. */
    boolean feed(ByteBuffer more) {
        if (!more.hasRemaining()) {
            return false;
        }
        ByteBuffer room = room();
        int count = Math.min(room.remaining(), more.remaining());
        room.put(room.position(), more, more.position(), count);
        more.position(more.position() + count);
        added(count);
        return count > 0;
    }

    /** What has not been taken, without taking it. */
    ByteBuffer unread() {
        return buffer.slice(start, end - start);
    }

    /** Takes bytes that belong to no frame. */
    void skip(int bytes) {
        start += bytes;
    }

    /** Takes everything. */
    void discard() {
        start = end;
    }
}
