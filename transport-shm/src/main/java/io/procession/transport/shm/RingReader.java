package io.procession.transport.shm;

import io.procession.transport.FrameLength;
import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of a ring; see {@link RingWriter}. For one thread. Whatever stands in the memory, nothing outside of the ring and the published
 * part of it is read: positions and lengths are checked before they are used.
 */
final class RingReader {
    private final ByteBuffer memory;
    private final int tailAt;
    private final int headAt;
    private final int ringAt;
    private final Geometry geometry;
    private final SegmentReader segments;

    private long head;
    private long released;
    /** As last seen. */
    private long tail;

    private int recordBytes;
    private int lentSegment = -1;

    RingReader(ByteBuffer memory, Direction direction, Geometry geometry, SegmentReader segments) {
        this.memory = memory;
        this.tailAt = direction.tailAt();
        this.headAt = direction.headAt();
        this.ringAt = direction.ringAt(geometry.ringBytes());
        this.geometry = geometry;
        this.segments = segments;
    }

    /** Looks how far the writer has published; whether there is something to take. */
    boolean refresh() throws IOException {
        // SYNC: pairs with the release in RingWriter.publish.
        tail = Words.getAcquire(memory, tailAt);
        long filled = tail - head;
        if (filled < 0 || filled > geometry.ringBytes() || (filled & 7) != 0) {
            throw new IOException("the ring is damaged: its writer stands at " + tail + ", its reader at " + head
                    + ", and it has " + geometry.ringBytes() + " bytes");
        }
        return filled > 0;
    }

    /**
     * Takes the next record of what {@link #refresh} has found.
     *
     * @return the frame where it stands, valid until {@link #done}; null if there is none
     */
    @Nullable
    ByteBuffer next() throws IOException {
        while (head < tail) {
            int offset = (int) head & (geometry.ringBytes() - 1);
            int room = (int) Math.min(geometry.ringBytes() - offset, tail - head);
            int length = memory.getInt(ringAt + offset);
            if (length == RingWriter.SKIP) {
                if (offset + room != geometry.ringBytes()) {
                    throw damaged(length, room);
                }
                head += room;
            } else if (length == RingWriter.SEGMENT && room >= RingWriter.SEGMENT_RECORD_BYTES) {
                recordBytes = RingWriter.SEGMENT_RECORD_BYTES;
                lentSegment = memory.getInt(ringAt + offset + 4);
                return segments.frame(lentSegment, memory.getInt(ringAt + offset + 8));
            } else {
                if (length < FrameLength.BYTES
                        || length > geometry.maxFrameBytes()
                        || RingWriter.aligned(length) > room) {
                    throw damaged(length, room);
                }
                recordBytes = RingWriter.aligned(length);
                return memory.slice(ringAt + offset, length);
            }
        }
        return null;
    }

    /** Nobody looks any more at the frame that {@link #next} gave. */
    void done() {
        head += recordBytes;
        if (lentSegment >= 0) {
            segments.done(lentSegment);
            lentSegment = -1;
        }
    }

    /** How much is done and not given back to the writer. */
    int unreleasedBytes() {
        return (int) (head - released);
    }

    /** Gives back to the writer what is done. */
    void release() {
        released = head;
        // SYNC: pairs with the acquire in RingWriter.claim.
        Words.setRelease(memory, headAt, head);
    }

    private IOException damaged(int length, int room) {
        return new IOException("a frame of " + length + " bytes arrived; the smallest is " + FrameLength.BYTES
                + ", the largest " + geometry.maxFrameBytes() + ", and " + room + " bytes are there");
    }
}
