package io.procession.transport.shm;

import io.procession.transport.shm.LinkLayout.Direction;
import io.procession.transport.shm.memory.Words;
import java.nio.ByteBuffer;

/**
 * The writing end of a ring with one writer and one reader. Records begin at multiples of 8 bytes and do not wrap: what is left before the end of the ring is
 * skipped. Nothing is seen by the reader before {@link #publish}, so a writer that dies or stops in the middle of a record leaves nothing.
 *
 * <p>A record begins with four bytes, big-endian: the length of the frame that follows (these four bytes are its first), or one of two marks.
 * For one thread at a time; who comes next must have a happens-before edge to who was here before (a monitor).
 */
final class RingWriter {
    /** The rest up to the end of the ring is empty. */
    static final int SKIP = 0x80000001;
    /** Four bytes segment and four bytes length follow: the frame stands there. */
    static final int SEGMENT = 0x80000002;

    static final int SEGMENT_RECORD_BYTES = 16;

    private final ByteBuffer memory;
    private final int tailAt;
    private final int headAt;
    private final int ringAt;
    private final int ringBytes;

    private long tail;
    private long published;
    /** As last seen: the reader may be further by now, never back. */
    private long head;

    RingWriter(ByteBuffer memory, Direction direction, int ringBytes) {
        this.memory = memory;
        this.tailAt = direction.tailAt();
        this.headAt = direction.headAt();
        this.ringAt = direction.ringAt(ringBytes);
        this.ringBytes = ringBytes;
    }

    static int aligned(int bytes) {
        return (bytes + 7) & ~7;
    }

    /** Writes a frame behind what was written before; false if there is no room. */
    boolean write(int length, ByteBuffer... parts) {
        int at = claim(aligned(length));
        if (at < 0) {
            return false;
        }
        copy(memory, at, parts);
        tail += aligned(length);
        return true;
    }

    /** Whether a reference to a segment has room. */
    boolean hasRoomForSegment() {
        return claim(SEGMENT_RECORD_BYTES) >= 0;
    }

    /** Writes a reference to a frame that stands in a segment; there must be room. */
    void writeSegment(int segment, int length) {
        int at = claim(SEGMENT_RECORD_BYTES);
        memory.putInt(at, SEGMENT);
        memory.putInt(at + 4, segment);
        memory.putInt(at + 8, length);
        tail += SEGMENT_RECORD_BYTES;
    }

    /** Lets the reader see all that was written so far. */
    void publish() {
        if (published != tail) {
            published = tail;
            // SYNC: pairs with the acquire in RingReader.refresh. Who sees this tail sees every byte of the records
            // before it.
            Words.setRelease(memory, tailAt, tail);
        }
    }

    /** How much was written and is not published. */
    int unpublishedBytes() {
        return (int) (tail - published);
    }

    static void copy(ByteBuffer target, int start, ByteBuffer... parts) {
        int at = start;
        for (ByteBuffer part : parts) {
            int size = part.remaining();
            target.put(at, part, part.position(), size);
            at += size;
        }
    }

    /** Where so many bytes have room in one piece, skipping the end of the ring if need be; negative if they have not. */
    private int claim(int bytes) {
        int offset = (int) tail & (ringBytes - 1);
        int skipped = offset + bytes > ringBytes ? ringBytes - offset : 0;
        if (tail + skipped + bytes - head > ringBytes) {
            // SYNC: pairs with the release in RingReader.release. What the reader gave back it does not look at any
            // more.
            head = Words.getAcquire(memory, headAt);
            if (tail + skipped + bytes - head > ringBytes) {
                return -1;
            }
        }
        if (skipped > 0) {
            memory.putInt(ringAt + offset, SKIP);
            tail += skipped;
            return ringAt;
        }
        return ringAt + offset;
    }
}
