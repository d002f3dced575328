package io.procession.transport.pipe;

import io.procession.transport.gather.SendMemory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames that wait to be written, oldest first: small ones copied one behind the other, what came when they had no more room as views of their
 * parts. Guarded by the monitor of its {@link FrameWriter}.
 */
final class FrameQueue {
    /** Frames up to this are copied, which is cheaper than to remember where their parts are. */
    private static final int COPIED_BYTES = 4 * 1024;

    /** A tick's worth of flood; more is written before. */
    private static final int ENOUGH_BYTES = Space.BYTES / 2;

    /** The rest of a frame that a caller began, older than all others. */
    private ByteBuffer @Nullable [] begun;

    private @Nullable Space copied;
    private int copiedFrames;
    /** Where in the stream the first of them begins. */
    private long copiedStart;
    /** All of them younger than the copied ones: while there are some, nothing is copied. */
    private final ArrayDeque<ByteBuffer[]> borrowed = new ArrayDeque<>();

    private @Nullable SendMemory memory;

    /** Lets what is copied lie in memory that outlives this process; before the first frame. */
    void keepIn(SendMemory survivor) {
        memory = survivor;
        copied = Space.surviving(survivor.half(0));
    }

    /** The batch that the queue changes its memory with; there is one. */
    Batch batch() {
        return new Batch(memory == null ? Space.ofProcess() : Space.surviving(memory.half(1)));
    }

    /** Whether there is so much that it is time to write it. */
    boolean hasEnough() {
        Space small = copied;
        return begun != null || !borrowed.isEmpty() || (small != null && small.bytes.position() >= ENOUGH_BYTES);
    }

    /** Lets all that waits survive this process; false if some of it cannot. */
    boolean keep() {
        Space small = copied;
        if (begun != null || !borrowed.isEmpty() || small == null || !small.survives()) {
            return false;
        }
        small.keep(copiedStart);
        return true;
    }

    boolean isEmpty() {
        return begun == null && copiedFrames == 0 && borrowed.isEmpty();
    }

    void clear() {
        begun = null;
        copied = null;
        copiedFrames = 0;
        borrowed.clear();
    }

    /** What is left of a frame of which the beginning is written already. */
    void addRest(ByteBuffer... parts) {
        begun = parts;
    }

    /**
     * Adds a frame.
     *
     * @param start where in the stream it begins
     */
    void add(long start, int length, ByteBuffer... parts) {
        if (length <= COPIED_BYTES && borrowed.isEmpty()) {
            Space small = copied;
            if (small == null) {
                small = Space.ofProcess();
                copied = small;
            }
            if (small.bytes.remaining() >= length) {
                for (ByteBuffer part : parts) {
                    small.bytes.put(part.duplicate());
                }
                if (copiedFrames++ == 0) {
                    copiedStart = start;
                }
                return;
            }
        }
        ByteBuffer[] views = new ByteBuffer[parts.length];
        for (int i = 0; i < parts.length; i++) {
            views[i] = parts[i].duplicate();
        }
        borrowed.add(views);
    }

    /** Moves the oldest frames to a batch, as many as it takes; gets its bytes in exchange for the copied ones. */
    void moveTo(Batch batch) {
        batch.space.clear();
        if (begun != null) {
            batch.borrowed.add(begun);
            batch.frames = 1;
            begun = null;
            return;
        }
        Space full = copied;
        if (full != null && copiedFrames > 0) {
            copied = batch.space;
            batch.space = full;
        }
        batch.frames = copiedFrames;
        copiedFrames = 0;
        int room = batch.space.bytes.remaining();
        for (ByteBuffer[] next = borrowed.peek(); next != null; next = borrowed.peek()) {
            for (ByteBuffer part : next) {
                room -= part.remaining();
            }
            if (room < 0) {
                return;
            }
            batch.borrowed.add(borrowed.remove());
            batch.frames++;
        }
    }

    /** What is written at once, by the thread that has it. */
    static final class Batch {
        private Space space;
        private final List<ByteBuffer[]> borrowed = new ArrayList<>();
        private int frames;

        private Batch(Space space) {
            this.space = space;
        }

        int frames() {
            return frames;
        }

        /** All bytes of the frames, to be written. */
        ByteBuffer gather() {
            for (ByteBuffer[] frame : borrowed) {
                for (ByteBuffer part : frame) {
                    space.bytes.put(part);
                }
            }
            borrowed.clear();
            return space.bytes.flip();
        }
    }
}
