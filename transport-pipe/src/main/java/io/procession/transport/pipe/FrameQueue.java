package io.procession.transport.pipe;

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

    /** The rest of a frame that a caller began, older than all others. */
    private ByteBuffer @Nullable [] begun;

    private @Nullable ByteBuffer copied;
    private int copiedFrames;
    /** All of them younger than the copied ones: while there are some, nothing is copied. */
    private final ArrayDeque<ByteBuffer[]> borrowed = new ArrayDeque<>();

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

    void add(int length, ByteBuffer... parts) {
        if (length <= COPIED_BYTES && borrowed.isEmpty()) {
            if (copied == null) {
                copied = ByteBuffer.allocateDirect(Batch.BYTES);
            }
            if (copied.remaining() >= length) {
                for (ByteBuffer part : parts) {
                    copied.put(part.duplicate());
                }
                copiedFrames++;
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
        if (begun != null) {
            batch.bytes.clear();
            batch.borrowed.add(begun);
            batch.frames = 1;
            begun = null;
            return;
        }
        ByteBuffer full = copied;
        if (full != null && copiedFrames > 0) {
            copied = batch.bytes.clear();
            batch.bytes = full;
        } else {
            batch.bytes.clear();
        }
        batch.frames = copiedFrames;
        copiedFrames = 0;
        int room = batch.bytes.remaining();
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
        static final int BYTES = PipeLink.MAX_FRAME_BYTES;

        private ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
        private final List<ByteBuffer[]> borrowed = new ArrayList<>();
        private int frames;

        int frames() {
            return frames;
        }

        /** All bytes of the frames, to be written. */
        ByteBuffer gather() {
            for (ByteBuffer[] frame : borrowed) {
                for (ByteBuffer part : frame) {
                    bytes.put(part);
                }
            }
            borrowed.clear();
            return bytes.flip();
        }
    }
}
