package io.procession.transport.shm;

import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.MappedFile;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The mapped file of a link, as one of its two sides sees it.
 *
 * @param memory header and rings
 * @param geometry their sizes
 * @param files the names
 * @param outbound the direction in which this side writes
 * @param reserved the segments of that direction that are there from the beginning
 */
record LinkMemory(
        ByteBuffer memory, Geometry geometry, LinkFiles files, Direction outbound, List<ByteBuffer> reserved) {
    /** Makes the file, for the host. */
    static LinkMemory create(Path file, Geometry geometry, long family) throws IOException {
        MappedByteBuffer memory = MappedFile.create(file, geometry.fileBytes());
        // SYNC: the answer over the doorbell's socket comes after these and orders them before the reads in attach.
        Words.setRelease(memory, LinkLayout.MAGIC_AT, LinkLayout.MAGIC);
        Words.setIntRelease(memory, LinkLayout.VERSION_AT, LinkLayout.VERSION);
        Words.setIntRelease(memory, LinkLayout.RING_BYTES_AT, geometry.ringBytes());
        Words.setIntRelease(memory, LinkLayout.SEGMENTS_AT, geometry.segments());
        Words.setIntRelease(memory, LinkLayout.RESERVED_AT, geometry.reserved());
        Words.setRelease(memory, LinkLayout.FAMILY_AT, family);
        LinkFiles files = LinkFiles.of(file);
        try {
            return new LinkMemory(
                    memory,
                    geometry,
                    files,
                    Direction.TO_CLIENT,
                    reserve(memory, geometry, files, Direction.TO_CLIENT));
        } catch (Throwable t) {
            files.removeRings();
            throw t;
        }
    }

    /** Maps the file that the host has made and checks all it says of itself, for the client. Afterwards nobody needs its name. */
    static LinkMemory attach(Path file, long family) throws IOException {
        long bytes = Files.size(file);
        if (bytes < LinkLayout.fileBytes(Geometry.MIN_RING_BYTES)
                || bytes > LinkLayout.fileBytes(Geometry.MAX_RING_BYTES)) {
            throw new IOException(file + " has " + bytes + " bytes, which no file of a link has");
        }
        MappedByteBuffer memory = MappedFile.open(file, (int) bytes);
        // SYNC: pairs with the writes in create, by the answer that has told this file.
        long magic = Words.getAcquire(memory, LinkLayout.MAGIC_AT);
        int version = Words.getIntAcquire(memory, LinkLayout.VERSION_AT);
        if (magic != LinkLayout.MAGIC || version != LinkLayout.VERSION) {
            throw new IOException(file + " is not the file of a link of version " + LinkLayout.VERSION + " (magic "
                    + Long.toHexString(magic) + ", version " + version + ")");
        }
        if (Words.getAcquire(memory, LinkLayout.FAMILY_AT) != family) {
            throw new IOException(file + " belongs to another family of processes");
        }
        Geometry geometry = Geometry.checked(
                Words.getIntAcquire(memory, LinkLayout.RING_BYTES_AT),
                Words.getIntAcquire(memory, LinkLayout.SEGMENTS_AT),
                Words.getIntAcquire(memory, LinkLayout.RESERVED_AT));
        if (geometry.fileBytes() != bytes) {
            throw new IOException(file + " has " + bytes + " bytes, but its header says " + geometry.fileBytes());
        }
        LinkFiles files = LinkFiles.of(file);
        files.removeRings();
        List<ByteBuffer> reserved = MemoryPlace.withRoom(
                (long) geometry.reserved() * geometry.segmentBytes(),
                files.directory(),
                geometry,
                () -> reserve(memory, geometry, files, Direction.TO_HOST));
        return new LinkMemory(memory, geometry, files, Direction.TO_HOST, reserved);
    }

    /** Makes the segments that are there from the beginning; nothing is left of them if there is no room for all. */
    private static List<ByteBuffer> reserve(ByteBuffer memory, Geometry geometry, LinkFiles files, Direction direction)
            throws IOException {
        List<ByteBuffer> made = new ArrayList<>();
        // SYNC: pairs with the acquire in SegmentReader.close. Told before the files are there, as for those that are
        // made later: see SegmentWriter.
        Words.setIntRelease(memory, direction.madeAt(), geometry.reserved());
        try {
            for (int number = 0; number < geometry.reserved(); number++) {
                made.add(files.makeSegment(direction, number, geometry.segmentBytes()));
            }
            return made;
        } catch (Throwable t) {
            files.removeSegments(direction, made.size());
            throw t;
        }
    }

    FrameWriter writer() {
        return new FrameWriter(
                new RingWriter(memory, outbound, geometry.ringBytes()),
                new SegmentWriter(memory, outbound, geometry, files, reserved),
                geometry);
    }

    Direction inbound() {
        return outbound.other();
    }

    SegmentReader segmentReader() {
        return new SegmentReader(memory, inbound(), geometry, files);
    }

    RingReader reader(SegmentReader segments) {
        return new RingReader(memory, inbound(), geometry, segments);
    }

    /**
     * Removes the names of what this side has made and the other, which is gone, never took. While the other lives it may still take them, and removes them
     * itself.
     */
    void removeOutboundSegments() {
        int made = Words.getIntAcquire(memory, outbound.madeAt());
        files.removeSegments(outbound, Math.min(Math.max(made, 0), geometry.segments()));
    }

    /** Up while the reader of a direction sleeps. */
    SleepFlag readerSleeps(Direction direction) {
        return new SleepFlag(memory, direction.readerSleepsAt());
    }

    /** Up while the writer of a direction sleeps with frames that had no room. */
    SleepFlag writerWaits(Direction direction) {
        return new SleepFlag(memory, direction.writerWaitsAt());
    }
}
