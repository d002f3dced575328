package io.procession.transport.pipe;

import io.procession.transport.FrameLength;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Cuts what arrives in a FIFO into frames. For one thread at a time, except {@link #close}. */
final class FrameReader {
    /** From this size on a frame is read to its end and no further, so that it need not be moved to make room. */
    private static final int LARGE_BYTES = 8 * 1024;

    /** The most that is read at once without the channel. */
    private static final int HERE_BYTES = 8 * 1024;

    private final FileInputStream stream;
    private final FileChannel fifo;
    private byte @Nullable [] here;
    private boolean closed; // guarded by this
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PipeLink.MAX_FRAME_BYTES);
    private int start;
    private int end;
    /** Bytes of the frames that were taken. */
    private long taken;

    FrameReader(FileInputStream fifo) {
        this.stream = fifo;
        this.fifo = fifo.getChannel();
    }

    /** Reads the bytes that come before all frames. */
    void expect(byte[] greeting) throws IOException {
        while (end < greeting.length) {
            if (!fill(greeting.length)) {
                throw new EOFException("ended before its greeting");
            }
        }
        for (byte expected : greeting) {
            if (buffer.get(start++) != expected) {
                throw new IOException("the greeting is not one of this version of the transport pipe");
            }
        }
    }

    /**
     * Takes the next frame out of what was read.
     *
     * @return the frame, valid until the next {@link #fill()}; null if more must be read first
     * @throws IOException if what arrived is not a frame
     */
    @Nullable
    ByteBuffer next() throws IOException {
        int length = length();
        if (length == 0 || end - start < length) {
            return null;
        }
        ByteBuffer frame = buffer.slice(start, length);
        start += length;
        taken += length;
        return frame;
    }

    /**
     * Reads more; blocks until there is some. To be called when {@link #next} has returned null.
     *
     * @return false at the end of file
     */
    boolean fill() throws IOException {
        return fill(makeRoom());
    }

    /**
     * Reads what is there; does not block, and interrupts do not reach it, while one would close the channel.
     *
     * @return false if there was nothing; also at the end of file, which only {@link #fill()} tells
     */
    synchronized boolean fillHere() throws IOException {
        // The monitor keeps close() away: a descriptor that is closed in between may be another file's at once.
        int there = closed ? 0 : stream.available();
        if (there == 0) {
            return false;
        }
        byte[] bytes = here;
        if (bytes == null) {
            bytes = new byte[HERE_BYTES];
            here = bytes;
        }
        int room = makeRoom() - end;
        int read = stream.read(bytes, 0, Math.min(Math.min(there, room), bytes.length));
        buffer.put(end, bytes, 0, read);
        end += read;
        return true;
    }

    /** How many bytes of frames have arrived, those that are not whole included. */
    long received() {
        return taken + end - start;
    }

    /** Adds as much as there is room for, as if it had arrived; false if that is nothing. */
    boolean feed(ByteBuffer more) throws IOException {
        int count = Math.min(makeRoom() - end, more.remaining());
        buffer.put(end, more, more.position(), count);
        more.position(more.position() + count);
        end += count;
        return count > 0;
    }

    /** Makes room behind what was read and not taken; the position up to which it is to be filled. */
    private int makeRoom() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        }
        int wanted = Math.max(length(), FrameLength.BYTES);
        if (start + wanted > buffer.capacity()) {
            buffer.limit(end).position(start);
            buffer.compact();
            end -= start;
            start = 0;
        }
        return wanted >= LARGE_BYTES ? start + wanted : buffer.capacity();
    }

    private boolean fill(int limit) throws IOException {
        buffer.limit(limit).position(end);
        int read = fifo.read(buffer);
        end = buffer.position();
        buffer.clear();
        return read >= 0;
    }

    /** The length of the frame that begins here; 0 if that is not known yet. */
    private int length() throws IOException {
        if (end - start < FrameLength.BYTES) {
            return 0;
        }
        int length = FrameLength.read(buffer, start);
        if (length < FrameLength.BYTES || length > PipeLink.MAX_FRAME_BYTES) {
            throw new IOException("a frame of " + length + " bytes arrived; the smallest is " + FrameLength.BYTES
                    + ", the largest " + PipeLink.MAX_FRAME_BYTES);
        }
        return length;
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            fifo.close();
        } catch (IOException e) {
            // The descriptor is gone, and nobody waits for anything from it.
        }
    }
}
