package io.procession.transport.shm;

import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The segments that one direction of a link writes: files of one size, made with the link or when the first large frame needs them, filled with zeros by {@code write} (so
 * that every page is there), and used again and again. The one with the lowest number that is free is taken, for its lines are most likely in the
 * cache. Guarded as the {@link RingWriter} is.
 */
final class SegmentWriter {
    /** A file system that was full may have room again after so long; until then large frames do not each try it. */
    static final long RETRY_NANOS = 1_000_000_000;

    private final ByteBuffer memory;
    private final Direction direction;
    private final Geometry geometry;
    private final LinkFiles files;
    private final List<ByteBuffer> segments = new ArrayList<>();
    private final long[] filled;
    private final LongSupplier nanoTime;
    private boolean full;
    private long fullSince;

    SegmentWriter(
            ByteBuffer memory, Direction direction, Geometry geometry, LinkFiles files, List<ByteBuffer> reserved) {
        this(memory, direction, geometry, files, reserved, System::nanoTime);
    }

    SegmentWriter(
            ByteBuffer memory,
            Direction direction,
            Geometry geometry,
            LinkFiles files,
            List<ByteBuffer> reserved,
            LongSupplier nanoTime) {
        segments.addAll(reserved);
        this.nanoTime = nanoTime;
        this.memory = memory;
        this.direction = direction;
        this.geometry = geometry;
        this.files = files;
        this.filled = new long[geometry.segments()];
    }

    /** Whether there is no segment and none can be made: large frames must go through the ring. */
    boolean isHopeless() {
        return segments.isEmpty() && (full || geometry.segments() == 0);
    }

    /**
     * Copies a frame into a free segment.
     *
     * @return the number of the segment; negative if all are taken
     */
    int write(ByteBuffer... parts) {
        int free = free();
        if (free >= 0) {
            RingWriter.copy(segments.get(free), 0, parts);
            filled[free]++;
        }
        return free;
    }

    private int free() {
        for (int i = 0; i < segments.size(); i++) {
            // SYNC: pairs with the release in SegmentReader.done. The reader has no eye on the segment any more.
            if (Words.getAcquire(memory, direction.consumedAt(i)) == filled[i]) {
                return i;
            }
        }
        return make() ? segments.size() - 1 : -1;
    }

    private boolean make() {
        int number = segments.size();
        if (number == geometry.segments() || (full && nanoTime.getAsLong() - fullSince < RETRY_NANOS)) {
            return false;
        }
        // SYNC: pairs with the acquire in SegmentReader.close. Told before the file is there: whoever cleans up after
        // this process looks for one too many rather than one too few.
        Words.setIntRelease(memory, direction.madeAt(), number + 1);
        try {
            segments.add(files.makeSegment(direction, number, geometry.segmentBytes()));
            full = false;
            return true;
        } catch (IOException e) {
            // The file system is full, most likely. Those that were made will do, or else the ring.
            full = true;
            fullSince = nanoTime.getAsLong();
            return false;
        }
    }
}
