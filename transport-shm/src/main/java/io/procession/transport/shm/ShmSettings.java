package io.procession.transport.shm;

import org.jspecify.annotations.Nullable;

/** The system properties {@code procession.shm.*}, read by whoever listens, or owns a queue; who connects, or uses it, takes what was chosen there. */
final class ShmSettings {
    static final String RING_BYTES = "procession.shm.ringBytes";
    static final String SEGMENTS = "procession.shm.segments";
    static final String RESERVED_SEGMENTS = "procession.shm.reservedSegments";
    static final String QUEUE_SEGMENT_BYTES = "procession.shm.queueSegmentBytes";
    static final String DIRECTORY = "procession.shm.directory";

    static final int DEFAULT_RING_BYTES = 256 << 10;
    static final int DEFAULT_SEGMENTS = 8;
    static final long DEFAULT_QUEUE_SEGMENT_BYTES = 16 << 20;

    private static final long MAX_QUEUE_SEGMENT_BYTES = 1 << 30;

    private ShmSettings() {}

    static Geometry geometry() {
        long ring = number(RING_BYTES, DEFAULT_RING_BYTES);
        if (!Geometry.isRingSize(ring)) {
            throw new IllegalArgumentException("the system property " + RING_BYTES + " must be a power of two from "
                    + Geometry.MIN_RING_BYTES + " to " + Geometry.MAX_RING_BYTES + ", but is " + ring);
        }
        long segments = number(SEGMENTS, DEFAULT_SEGMENTS);
        if (segments < 0 || segments > LinkLayout.MAX_SEGMENTS) {
            throw new IllegalArgumentException("the system property " + SEGMENTS + " must be from 0 to "
                    + LinkLayout.MAX_SEGMENTS + ", but is " + segments);
        }
        long reserved = number(RESERVED_SEGMENTS, 0);
        if (reserved < 0 || reserved > segments) {
            throw new IllegalArgumentException("the system property " + RESERVED_SEGMENTS + " must be from 0 to "
                    + segments + ", which " + SEGMENTS + " says, but is " + reserved);
        }
        return new Geometry((int) ring, (int) segments, (int) reserved);
    }

    /** How much each process keeps at most for its large items in a queue in shared memory. */
    static long queueSegmentBytes() {
        long bytes = number(QUEUE_SEGMENT_BYTES, DEFAULT_QUEUE_SEGMENT_BYTES);
        if (bytes < 0 || bytes > MAX_QUEUE_SEGMENT_BYTES) {
            throw new IllegalArgumentException("the system property " + QUEUE_SEGMENT_BYTES + " must be from 0 to "
                    + MAX_QUEUE_SEGMENT_BYTES + ", but is " + bytes);
        }
        return bytes;
    }

    /** Where the user wants the memory, or null. */
    static @Nullable String directory() {
        return text(DIRECTORY);
    }

    private static long number(String property, long otherwise) {
        String value = text(property);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the system property " + property + " must be a whole number, but is '" + value + "'", e);
        }
    }

    private static @Nullable String text(String property) {
        String value = System.getProperty(property);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
