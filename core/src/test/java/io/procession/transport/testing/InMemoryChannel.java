package io.procession.transport.testing;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One direction of a link: what the buffer of the kernel is to a pipe. Takes whole frames while they fit, and copies them. */
final class InMemoryChannel {
    private final int capacityBytes;
    private final Deque<ByteBuffer> frames = new ArrayDeque<>();
    private int heldBytes;
    private boolean ended;

    InMemoryChannel(int capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    synchronized boolean offer(int frameBytes, ByteBuffer[] parts) {
        if (ended || heldBytes + frameBytes > capacityBytes) {
            return false;
        }
        ByteBuffer frame = ByteBuffer.allocate(frameBytes);
        for (ByteBuffer part : parts) {
            frame.put(part.duplicate());
        }
        frames.add(frame.flip());
        heldBytes += frameBytes;
        return true;
    }

    synchronized @Nullable ByteBuffer poll() {
        ByteBuffer frame = frames.poll();
        if (frame != null) {
            heldBytes -= frame.remaining();
        }
        return frame;
    }

    /** The writer has gone; what it wrote remains. */
    synchronized void end() {
        ended = true;
    }

    /** The reader has gone; nothing is kept for it. */
    synchronized void drop() {
        ended = true;
        frames.clear();
        heldBytes = 0;
    }

    synchronized boolean exhausted() {
        return ended && frames.isEmpty();
    }
}
