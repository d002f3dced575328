package io.procession.transport.shm;

import java.io.IOException;

/**
 * The sizes of a link. Chosen by the host, written into the header of the link's file, and checked by whoever attaches.
 *
 * @param ringBytes of each of the two rings: a power of two
 * @param segments how many segments each direction may have at most
 * @param reserved how many of them are made with the link, so that large frames never depend on what room the file system has later
 */
record Geometry(int ringBytes, int segments, int reserved) {
    static final int MIN_RING_BYTES = 16 << 10;
    static final int MAX_RING_BYTES = 64 << 20;

    static boolean isRingSize(long bytes) {
        return bytes >= MIN_RING_BYTES && bytes <= MAX_RING_BYTES && Long.bitCount(bytes) == 1;
    }

    /** The largest frame: a ring takes it wherever its end stands, because the part left over before the end is smaller. */
    int maxFrameBytes() {
        return ringBytes / 2;
    }

    /** Frames larger than this go through a segment, if one can be had. */
    int inlineBytes() {
        return ringBytes / 4;
    }

    int segmentBytes() {
        return maxFrameBytes();
    }

    int fileBytes() {
        return LinkLayout.fileBytes(ringBytes);
    }

    /** What a new link takes of the file system, on the side that makes it. */
    long bytesAtFirst() {
        return fileBytes() + (long) reserved * segmentBytes();
    }

    /** Refuses what no honest host writes. */
    static Geometry checked(int ringBytes, int segments, int reserved) throws IOException {
        if (!isRingSize(ringBytes)
                || segments < 0
                || segments > LinkLayout.MAX_SEGMENTS
                || reserved < 0
                || reserved > segments) {
            throw new IOException("the file of a link says that its rings have " + ringBytes + " bytes, with "
                    + segments + " segments, " + reserved
                    + " of them reserved; neither this version nor another writes that");
        }
        return new Geometry(ringBytes, segments, reserved);
    }
}
