package io.procession.internal.connection;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A message on its way out, which cuts itself into frames. Guarded by the lock of its {@link Outbox}.
 *
 * <p>A message of up to {@link #TAIL_BYTES} is one frame, copied. A longer one is cut without copying, except its last {@link #TAIL_BYTES} at most, which are
 * copied and must be handed over only when everything before is written: then nobody reads the caller's memory any more.
 */
final class OutgoingMessage {
    /** What is copied: so little that it costs less than a second buffer to write. */
    static final int TAIL_BYTES = 16 << 10;

    private static final int TOTAL_BYTES = 8;

    final Kind kind;
    final long id;
    final long payloadBytes;
    final Sent sent;

    private final int flags;
    private final Deque<ByteBuffer> rest = new ArrayDeque<>();
    private long restBytes;
    private boolean started;
    private boolean exhausted;
    private boolean withdrawn;
    private long lastPosition;

    OutgoingMessage(Outbox outbox, Kind kind, int flags, long id, List<ByteBuffer> parts) {
        this.kind = kind;
        this.flags = flags;
        this.id = id;
        long bytes = 0;
        for (ByteBuffer part : parts) {
            bytes += part.remaining();
            rest.add(part.duplicate());
        }
        this.payloadBytes = bytes;
        this.restBytes = bytes;
        this.sent = new Sent(outbox, this);
    }

    boolean isCut(int maxFrameBytes) {
        return payloadBytes > tailBytes(maxFrameBytes);
    }

    boolean started() {
        return started;
    }

    /** Whether the last frame was cut. */
    boolean exhausted() {
        return exhausted;
    }

    boolean withdrawn() {
        return withdrawn;
    }

    void withdrawNow() {
        withdrawn = true;
    }

    /** Remembers where the latest frame stands on the link. */
    void handed(long position) {
        lastPosition = position;
    }

    /** Whether the next frame may go: the tail waits for everything before it. */
    boolean ready(int maxFrameBytes, long written) {
        return !started || restBytes > tailBytes(maxFrameBytes) || written >= lastPosition;
    }

    ByteBuffer[] nextFrame(int maxFrameBytes) {
        int tail = tailBytes(maxFrameBytes);
        if (restBytes <= tail) {
            return lastFrame();
        }
        boolean first = !started;
        started = true;
        int headBytes = FrameHeader.BYTES + (first ? TOTAL_BYTES : 0);
        // At least one byte stays for the tail, so that the last frame is always a copy.
        int take = (int) Math.min(maxFrameBytes - headBytes, restBytes - 1);
        ByteBuffer head = ByteBuffer.allocate(headBytes);
        FrameHeader.put(
                head, headBytes + take, kind, flags | FrameHeader.MORE | (first ? FrameHeader.FIRST_OF_MANY : 0), id);
        if (first) {
            head.putLong(payloadBytes);
        }
        List<ByteBuffer> frame = new ArrayList<>();
        frame.add(head.flip());
        cut(take, frame);
        return frame.toArray(ByteBuffer[]::new);
    }

    private ByteBuffer[] lastFrame() {
        started = true;
        exhausted = true;
        int bytes = FrameHeader.BYTES + (int) restBytes;
        ByteBuffer frame = ByteBuffer.allocate(bytes);
        FrameHeader.put(frame, bytes, kind, flags, id);
        for (ByteBuffer part : rest) {
            frame.put(part);
        }
        rest.clear();
        restBytes = 0;
        return new ByteBuffer[] {frame.flip()};
    }

    private void cut(int bytes, List<ByteBuffer> into) {
        restBytes -= bytes;
        int missing = bytes;
        while (missing > 0) {
            ByteBuffer part = rest.getFirst();
            int take = Math.min(missing, part.remaining());
            if (take > 0) {
                into.add(part.slice(part.position(), take));
                part.position(part.position() + take);
            }
            missing -= take;
            if (!part.hasRemaining()) {
                rest.removeFirst();
            }
        }
    }

    private static int tailBytes(int maxFrameBytes) {
        return Math.min(TAIL_BYTES, maxFrameBytes - FrameHeader.BYTES);
    }
}
