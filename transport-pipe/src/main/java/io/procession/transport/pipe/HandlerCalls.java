package io.procession.transport.pipe;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls a link's handler, never from two threads at once. The writer thread does not wait for the reader thread to finish with its frames: what
 * it has to tell is told by whichever of the two can.
 */
final class HandlerCalls {
    private final Link link;
    private final LinkHandler handler;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean progressed;
    private boolean ended;

    HandlerCalls(Link link, LinkHandler handler) {
        this.link = link;
        this.handler = handler;
    }

    /** For the reader thread, around any number of {@link #frame}. */
    void begin() {
        lock.lock();
    }

    /** For the reader thread, after {@link #begin}. */
    void end() {
        lock.unlock();
        tellProgress();
    }

    void frame(ByteBuffer frame) {
        if (!ended) {
            handler.onFrame(link, frame);
        }
        if (progressed) {
            tellHere();
        }
    }

    /** Tells that {@link Link#written()} has advanced, now or soon. */
    void progressed() {
        progressed = true;
        tellProgress();
    }

    private void tellProgress() {
        // SYNC: whoever holds the lock looks at the flag again after it let go of it, so a flag set while the lock was
        // taken is not lost.
        while (progressed && lock.tryLock()) {
            try {
                tellHere();
            } finally {
                lock.unlock();
            }
        }
    }

    private void tellHere() {
        progressed = false;
        if (!ended) {
            handler.onWritten(link, link.written());
        }
    }

    /** The last call. */
    void closed(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                handler.onClosed(link, cause);
            }
        } finally {
            lock.unlock();
        }
    }

    /** No call after this. */
    void silence() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
    }
}
