package io.procession.transport.shm;

import io.procession.transport.FrameLength;
import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The segments that one direction of a link reads. Each is mapped, and its file removed, when the first frame in it arrives. For one thread. */
final class SegmentReader {
    private final ByteBuffer memory;
    private final Direction direction;
    private final Geometry geometry;
    private final LinkFiles files;
    private final ByteBuffer[] segments;
    private final long[] consumed;

    SegmentReader(ByteBuffer memory, Direction direction, Geometry geometry, LinkFiles files) {
        this.memory = memory;
        this.direction = direction;
        this.geometry = geometry;
        this.files = files;
        this.segments = new ByteBuffer[geometry.segments()];
        this.consumed = new long[geometry.segments()];
    }

    /** The frame that stands in a segment. */
    ByteBuffer frame(int segment, int length) throws IOException {
        if (segment < 0
                || segment >= segments.length
                || length < FrameLength.BYTES
                || length > geometry.segmentBytes()) {
            throw new IOException("a frame of " + length + " bytes in segment " + segment + " was announced; there are "
                    + segments.length + " segments of " + geometry.segmentBytes() + " bytes");
        }
        if (segments[segment] == null) {
            segments[segment] = files.takeSegment(direction, segment, geometry.segmentBytes());
        }
        int declared = FrameLength.read(segments[segment], 0);
        if (declared != length) {
            throw new IOException("a frame in segment " + segment + " declares " + declared
                    + " bytes and was announced with " + length);
        }
        return segments[segment].slice(0, length);
    }

    /** Nobody looks at the frame any more. */
    void done(int segment) {
        consumed[segment]++;
        // SYNC: pairs with the acquire in SegmentWriter.free.
        Words.setRelease(memory, direction.consumedAt(segment), consumed[segment]);
    }

    /** Removes what was made and never looked at. */
    void close() {
        // SYNC: pairs with the releases in SegmentWriter.make and LinkMemory.reserve: no file is missed that was there
        // before the writer's last word.
        int made = Math.min(Words.getIntAcquire(memory, direction.madeAt()), segments.length);
        for (int i = 0; i < made; i++) {
            if (segments[i] == null) {
                files.removeSegment(direction, i);
            }
        }
    }
}
