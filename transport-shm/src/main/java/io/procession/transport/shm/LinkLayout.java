package io.procession.transport.shm;

/**
 * The file of a link, byte by byte, in the byte order of the machine; {@code docs/memory-layout.md} draws it and says who may touch what.
 *
 * <pre>
 *   0        64                512              1536             2560     4096           4096+ring      4096+2*ring
 *   | header |                 | to the host    | to the client  |        | ring to the  | ring to the  |
 *   |        |                 | 1024 bytes     | 1024 bytes     |        | host         | client       |
 *
 *   each direction
 *   0               128             256             384             512                          1024
 *   | tail    8     | head    8     | reader        | writer        | consumed, one long a segment |
 *   | made    4     |               | sleeps  4     | waits   4     | (at most 64)                 |
 * </pre>
 *
 * <p>What one side writes often stands 128 bytes from what the other does, since processors fetch lines of 64 bytes in pairs.
 */
final class LinkLayout {
    static final long MAGIC = 0x50524f43_53484d31L; // PROCSHM1
    static final int VERSION = 1;

    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 8;
    static final int RING_BYTES_AT = 12;
    static final int SEGMENTS_AT = 16;
    static final int RESERVED_AT = 20;
    static final int FAMILY_AT = 24;

    static final int HEADER_BYTES = 4096;
    static final int MAX_SEGMENTS = 64;

    private static final int DIRECTIONS_AT = 512;
    private static final int DIRECTION_BYTES = 1024;

    /** In which a link carries frames. */
    enum Direction {
        TO_HOST,
        TO_CLIENT;

        private final int base = DIRECTIONS_AT + ordinal() * DIRECTION_BYTES;

        int tailAt() {
            return base;
        }

        int madeAt() {
            return base + 8;
        }

        int headAt() {
            return base + 128;
        }

        int readerSleepsAt() {
            return base + 256;
        }

        int writerWaitsAt() {
            return base + 384;
        }

        int consumedAt(int segment) {
            return base + 512 + segment * Long.BYTES;
        }

        int ringAt(int ringBytes) {
            return HEADER_BYTES + ordinal() * ringBytes;
        }

        Direction other() {
            return this == TO_HOST ? TO_CLIENT : TO_HOST;
        }
    }

    private LinkLayout() {}

    static int fileBytes(int ringBytes) {
        return HEADER_BYTES + 2 * ringBytes;
    }
}
