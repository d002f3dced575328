package io.procession.transport.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames in the order in which they were sent, at any moment by one thread: the one that has the turn. A caller takes the turn if it is
 * free and the FIFO has room for its frame, and writes itself. All others queue, and the writer thread takes the turn and all that is queued.
 *
 * <pre>
 *   field      | written by                  | read by       | how
 *   busy       | whoever takes the turn      | everybody     | this monitor
 *   unread     | who has the turn, or takes it under the monitor | same | handed over by the monitor
 *   written    | who has the turn            | everybody     | volatile
 * </pre>
 */
final class FrameWriter {
    /** What the writer thread writes at once. */
    private static final int PIECE_BYTES = PipeLink.MAX_FRAME_BYTES;
    /** Frames up to this are copied when they queue, which is cheaper than to remember where their parts are. */
    private static final int COPIED_BYTES = 4 * 1024;

    private final FifoWriter fifo;
    private final int windowBytes;
    private final PipeLink link;
    private final String threadName;

    /** Frames that queue, oldest first: the copied ones here, what does not fit behind them in {@link #borrowed}. */
    private @Nullable ByteBuffer copied;

    private int copiedFrames;
    private final ArrayDeque<ByteBuffer[]> borrowed = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean busy = true;
    private boolean threadsTurn;
    private boolean closed;
    private long sent;

    /** No fewer than the bytes in the FIFO: only whoever has the turn adds to them. */
    private int unread;

    private byte[] scratch = new byte[256];
    private volatile long written;

    /**
     * A writer whose turn belongs to the caller until {@link #start}.
     *
     * @param windowBytes with so many bytes unread a write still does not block
     */
    FrameWriter(FifoWriter fifo, int windowBytes, PipeLink link, String threadName) {
        this.fifo = fifo;
        this.windowBytes = windowBytes;
        this.link = link;
        this.threadName = threadName;
    }

    /** Writes what comes before all frames, then lets the frames go. */
    void start(byte[] greeting) {
        writeHere(greeting.length, ByteBuffer.wrap(greeting));
        passTurn();
    }

    /** Ends a writer that was not started. */
    void discard() {
        close();
        closeFifo();
    }

    long written() {
        // SYNC: pairs with the write of whoever had the turn; who sees a position also sees that its parts are free
        // again.
        return written;
    }

    long send(int length, ByteBuffer... parts) {
        long position;
        synchronized (this) {
            position = ++sent;
            if (closed) {
                return position;
            }
            if (busy || !hasRoom(length)) {
                enqueue(length, parts);
                if (!busy) {
                    busy = true;
                    turnToThread();
                }
                return position;
            }
            busy = true;
        }
        if (writeHere(length, parts)) {
            written = position;
        }
        passTurn();
        return position;
    }

    /** Ends writing; a write that blocks meanwhile fails. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            copied = null;
            copiedFrames = 0;
            borrowed.clear();
            notifyAll();
            if (busy && !threadsTurn) {
                // A caller is writing. It does not block, and closes when it is done: under its feet the descriptor
                // could become another file's.
                return;
            }
        }
        closeFifo();
    }

    private void passTurn() {
        synchronized (this) {
            if (!closed) {
                if (isQueueEmpty()) {
                    busy = false;
                } else {
                    turnToThread();
                }
                return;
            }
        }
        closeFifo();
    }

    private boolean isQueueEmpty() {
        return copiedFrames == 0 && borrowed.isEmpty();
    }

    private boolean hasRoom(int length) {
        if (length > windowBytes) {
            return false;
        }
        if (unread + length > windowBytes) {
            try {
                unread = fifo.unreadBytes();
            } catch (IOException e) {
                return false; // the writer thread will meet the reason
            }
        }
        return unread + length <= windowBytes;
    }

    private boolean writeHere(int length, ByteBuffer... parts) {
        if (scratch.length < length) {
            scratch = new byte[Math.min(windowBytes, Math.max(length, 2 * scratch.length))];
        }
        int offset = 0;
        for (ByteBuffer part : parts) {
            int size = part.remaining();
            part.get(part.position(), scratch, offset, size);
            offset += size;
        }
        unread += length;
        try {
            fifo.write(scratch, 0, length);
            return true;
        } catch (IOException e) {
            link.fail(e);
            return false;
        }
    }

    private void enqueue(int length, ByteBuffer... parts) {
        if (length <= COPIED_BYTES && borrowed.isEmpty()) {
            if (copied == null) {
                copied = ByteBuffer.allocateDirect(PIECE_BYTES);
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

    private void turnToThread() {
        threadsTurn = true;
        if (thread == null) {
            thread = PipeThreads.start(threadName, this::writeQueued);
        } else {
            notifyAll();
        }
    }

    private void writeQueued() {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        List<ByteBuffer[]> frames = new ArrayList<>();
        try {
            while (awaitTurn()) {
                int count;
                synchronized (this) {
                    ByteBuffer full = copied;
                    count = copiedFrames;
                    if (full != null && count > 0) {
                        copied = piece.clear();
                        piece = full;
                        copiedFrames = 0;
                    } else {
                        piece.clear();
                    }
                    count += pollBorrowed(piece.remaining(), frames);
                }
                for (ByteBuffer[] frame : frames) {
                    for (ByteBuffer part : frame) {
                        piece.put(part);
                    }
                }
                frames.clear();
                fifo.writeBlocking(piece.flip());
                // Counted anew at the next need: much of it has been read, or this would not have been queued.
                unread = windowBytes;
                long reached = written + count;
                written = reached;
                link.progressed();
                synchronized (this) {
                    if (isQueueEmpty() && !closed) {
                        threadsTurn = false;
                        busy = false;
                    }
                }
            }
        } catch (Throwable t) {
            link.fail(t);
        }
    }

    private synchronized boolean awaitTurn() throws InterruptedException {
        while (!threadsTurn && !closed) {
            wait();
        }
        return !closed;
    }

    private int pollBorrowed(int roomBytes, List<ByteBuffer[]> frames) {
        int room = roomBytes;
        int count = 0;
        for (ByteBuffer[] next = borrowed.peek(); next != null; next = borrowed.peek()) {
            for (ByteBuffer part : next) {
                room -= part.remaining();
            }
            if (room < 0) {
                break;
            }
            frames.add(borrowed.remove());
            count++;
        }
        return count;
    }

    private void closeFifo() {
        try {
            fifo.close();
        } catch (IOException e) {
            // Nothing was buffered here, and the descriptor is gone.
        }
    }
}
