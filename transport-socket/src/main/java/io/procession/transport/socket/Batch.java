package io.procession.transport.socket;

import io.procession.transport.gather.SendMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames that are written by one system call. What lies on the heap is copied once, into memory the kernel can read, as any write of it would be; large parts
 * that lie outside the heap already are not copied at all. Belongs to one thread at a time.
 */
final class Batch {
    static final int MAX_BYTES = SocketLink.MAX_FRAME_BYTES;

    private static final int MIN_BYTES = 1024;
    /** Below this, to copy a part is cheaper than to hand another address to the kernel. */
    private static final int BORROWED_BYTES = 8 * 1024;
    /** What a kernel takes at once, at least, by POSIX (IOV_MAX). */
    private static final int MAX_SEGMENTS = 16;

    private ByteBuffer copied = ByteBuffer.allocate(0);
    private SendMemory.@Nullable Half half;
    /** Where in the copied bytes the next segment begins. */
    private int copiedFrom;

    private ByteBuffer[] segments = new ByteBuffer[2];
    private int first;
    private int count;
    private int frames;
    private boolean sealed;

    int frames() {
        return frames;
    }

    /** Puts what is copied into memory that outlives this process. For an empty batch. */
    void moveTo(SendMemory.Half survivor) {
        half = survivor;
        copied = survivor.bytes();
    }

    /**
     * Lets the last frame survive this process, if it lies in such memory. Only for a frame before which all others of this batch were kept.
     *
     * @param frameStart where in the stream the frame begins
     */
    boolean keep(long frameStart, int frameBytes) {
        SendMemory.Half survivor = half;
        if (survivor == null || count > 0) {
            return false;
        }
        if (copied.position() == frameBytes) {
            survivor.begin(frameStart);
        }
        survivor.count(copied.position());
        return true;
    }

    /** Those that are copied: what is not, is large, and waits for no others. */
    int bytes() {
        return copied.position();
    }

    boolean isEmpty() {
        return count == 0 && copied.position() == 0;
    }

    /** Adds a frame; false if there is no room for it. An empty batch has room for any. */
    boolean add(ByteBuffer... parts) {
        int bytes = 0;
        int borrowed = 0;
        for (ByteBuffer part : parts) {
            if (isBorrowed(part)) {
                borrowed++;
            } else {
                bytes += part.remaining();
            }
        }
        if ((!isEmpty() && count + 2 * borrowed >= MAX_SEGMENTS) || !makeRoom(bytes)) {
            return false;
        }
        for (ByteBuffer part : parts) {
            if (isBorrowed(part)) {
                endSegment();
                addSegment(part.duplicate());
            } else {
                copied.put(copied.position(), part, part.position(), part.remaining());
                copied.position(copied.position() + part.remaining());
            }
        }
        frames++;
        return true;
    }

    private static boolean isBorrowed(ByteBuffer part) {
        return part.isDirect() && part.remaining() >= BORROWED_BYTES;
    }

    /** Adds bytes that are no frame. */
    void addBytes(byte... bytes) {
        makeRoom(bytes.length);
        copied.put(bytes);
    }

    private boolean makeRoom(int bytes) {
        if (copied.remaining() >= bytes) {
            return true;
        }
        int used = copied.position();
        if (used + bytes > MAX_BYTES && used > 0) {
            return false;
        }
        int capacity = Math.max(MIN_BYTES, copied.capacity());
        while (capacity < used + bytes) {
            capacity *= 2;
        }
        // Segments that were ended keep the memory they were cut from.
        ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
        larger.put(0, copied, 0, used).position(used);
        copied = larger;
        return true;
    }

    private void endSegment() {
        if (copied.position() > copiedFrom) {
            addSegment(copied.slice(copiedFrom, copied.position() - copiedFrom));
            copiedFrom = copied.position();
        }
    }

    private void addSegment(ByteBuffer segment) {
        if (count == segments.length) {
            segments = Arrays.copyOf(segments, 2 * count);
        }
        segments[count++] = segment;
    }

    /** Writes as much as goes without waiting; true if that was all. */
    boolean writeTo(Wire wire) throws IOException {
        if (!sealed) {
            seal();
        }
        while (first < count) {
            long written = count - first == 1 ? wire.put(segments[first]) : wire.put(segments, first, count - first);
            while (first < count && !segments[first].hasRemaining()) {
                first++;
            }
            if (written == 0 && first < count) {
                return false;
            }
        }
        return true;
    }

    /** No more frames: what is left is about to be written. */
    private void seal() {
        sealed = true;
        if (count == 0 && copied.position() > 0) {
            addSegment(copied.flip()); // the usual case makes no new object
        } else {
            endSegment();
        }
    }

    /** What is not written yet. */
    ByteBuffer[] rest() {
        return Arrays.copyOfRange(segments, first, count);
    }

    /** Forgets everything but the memory. */
    void clear() {
        SendMemory.Half survivor = half;
        if (survivor != null) {
            survivor.count(0);
        }
        Arrays.fill(segments, 0, count, null);
        copied.clear();
        copiedFrom = 0;
        first = 0;
        count = 0;
        frames = 0;
        sealed = false;
    }
}
