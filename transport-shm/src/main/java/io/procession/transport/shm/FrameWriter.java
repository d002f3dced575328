package io.procession.transport.shm;

import java.nio.ByteBuffer;

/** Writes frames to the ring, or to a segment and the reference to the ring. Guarded as the {@link RingWriter} is. */
final class FrameWriter {
    private final RingWriter ring;
    private final SegmentWriter segments;
    private final Geometry geometry;

    FrameWriter(RingWriter ring, SegmentWriter segments, Geometry geometry) {
        this.ring = ring;
        this.segments = segments;
        this.geometry = geometry;
    }

    /** Writes a frame without letting the reader see it; false if there is no room. */
    boolean write(int length, ByteBuffer... parts) {
        if (length <= geometry.inlineBytes()) {
            return ring.write(length, parts);
        }
        if (!ring.hasRoomForSegment()) {
            return false;
        }
        int segment = segments.write(parts);
        if (segment >= 0) {
            ring.writeSegment(segment, length);
            return true;
        }
        return segments.isHopeless() && ring.write(length, parts);
    }

    /** Lets the reader see what was written. */
    void publish() {
        ring.publish();
    }

    int unpublishedBytes() {
        return ring.unpublishedBytes();
    }
}
