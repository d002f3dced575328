package io.procession.transport.shm;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What a link sends. A caller copies its frame into the memory itself if there is room and nobody waits; else the frame queues, and the loop writes it when the
 * reader has made room. All under one monitor, which nobody holds longer than a few copies take.
 *
 * <pre>
 *   field             | written by            | read by   | how
 *   frames, queue     | who has the monitor   | the same  | under this monitor
 *   written           | who has the monitor   | everybody | volatile
 * </pre>
 */
final class Outgoing {
    /** As much as the reader may wait for while the rest of a batch is copied. */
    private static final int BATCH_BYTES = 32 << 10;

    private final FrameWriter frames;
    private final ShmLink link;
    private final ArrayDeque<ByteBuffer[]> queue = new ArrayDeque<>();
    private boolean closed;
    private long sent;
    private volatile long written;
    private volatile boolean backlog;

    Outgoing(FrameWriter frames, ShmLink link) {
        this.frames = frames;
        this.link = link;
    }

    long written() {
        // SYNC: pairs with the writes in send and writeQueued. Who sees a position also sees that its parts are free.
        return written;
    }

    boolean hasBacklog() {
        return backlog;
    }

    long send(int length, ByteBuffer... parts) {
        long position;
        boolean writtenHere;
        synchronized (this) {
            position = ++sent;
            if (closed) {
                return position;
            }
            try {
                writtenHere = queue.isEmpty() && frames.write(length, parts);
                if (writtenHere) {
                    frames.publish();
                    written = position;
                } else {
                    enqueue(parts);
                    if (queue.size() > 1) {
                        return position; // the loop knows of the first
                    }
                }
            } catch (Throwable t) {
                // No memory: a frame is missing now, so there can be no more.
                link.fail(t);
                return position;
            }
        }
        if (writtenHere) {
            link.wakeReader();
        } else {
            link.attendSoon();
        }
        return position;
    }

    private void enqueue(ByteBuffer... parts) {
        ByteBuffer[] views = new ByteBuffer[parts.length];
        for (int i = 0; i < parts.length; i++) {
            views[i] = parts[i].duplicate();
        }
        queue.add(views);
        backlog = true;
    }

    /** For the loop: writes what has room by now; whether that was anything. */
    boolean writeQueued() {
        boolean moved = false;
        while (writeBatch()) {
            moved = true;
            link.wakeReader();
        }
        return moved;
    }

    private synchronized boolean writeBatch() {
        int count = 0;
        for (ByteBuffer[] next = queue.peek(); next != null; next = queue.peek()) {
            if (frames.unpublishedBytes() >= BATCH_BYTES || !frames.write(length(next), next)) {
                break;
            }
            queue.remove();
            count++;
        }
        backlog = !queue.isEmpty();
        frames.publish();
        if (count > 0) {
            written += count;
        }
        return count > 0;
    }

    /** Nothing is written any more when this returns. */
    synchronized void close() {
        closed = true;
        backlog = false;
        queue.clear();
    }

    private static int length(ByteBuffer... parts) {
        int length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        return length;
    }
}
