package io.procession.transport.tck.unix;

import io.procession.transport.FrameLength;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportSite;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One end: the thread it was greeted on reads, another writes all that is sent. One lock keeps their calls to the handler apart. */
final class UnixSocketLink implements Link {
    private static final int MAX_FRAME_BYTES = 64 << 10;

    private final TransportSite site;
    private final SocketChannel channel;
    private final Deque<ByteBuffer[]> outbox = new ArrayDeque<>(); // guarded by this, as is all that is not volatile
    private final Object calling = new Object();
    private long sent;
    private volatile long written;
    private boolean paused;
    private boolean closed;
    private boolean abandoned;
    private boolean told; // guarded by calling

    UnixSocketLink(TransportSite site, SocketChannel channel) {
        this.site = site;
        this.channel = channel;
    }

    @Override
    public synchronized long send(ByteBuffer... parts) {
        FrameLength.check(MAX_FRAME_BYTES, parts);
        if (!closed) {
            outbox.add(Arrays.stream(parts).map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new));
            notifyAll();
        }
        return ++sent;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public int maxFrameBytes() {
        return MAX_FRAME_BYTES;
    }

    @Override
    public synchronized void pause() {
        paused = true;
    }

    @Override
    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        outbox.clear();
        closeQuietly(channel);
        notifyAll();
    }

    synchronized void abandon() {
        abandoned = true;
        close();
    }

    /** Reads until the end. */
    void run(LinkHandler handler) {
        Thread writer = UnixSocketTransport.start(site, "writer", () -> write(handler));
        @Nullable Throwable cause = null;
        try {
            read(handler);
        } catch (IOException theOtherSideIsGone) {
            // By a reset or by our own closing; neither broke anything.
        } catch (Throwable defect) {
            cause = defect;
        }
        close();
        awaitEnd(writer);
        synchronized (calling) {
            told = true;
            if (!abandoned()) {
                handler.onClosed(this, cause);
            }
        }
    }

    private void read(LinkHandler handler) throws IOException, BrokenFrame {
        ByteBuffer bytes = ByteBuffer.allocate(2 * MAX_FRAME_BYTES);
        while (awaitReading() && channel.read(bytes) >= 0) {
            bytes.flip();
            while (bytes.remaining() >= FrameLength.BYTES) {
                int length = FrameLength.read(bytes, bytes.position());
                if (length < FrameLength.BYTES || length > MAX_FRAME_BYTES) {
                    throw new BrokenFrame("a frame cannot be " + length + " bytes long");
                }
                if (bytes.remaining() < length || !awaitReading()) {
                    break;
                }
                synchronized (calling) {
                    handler.onFrame(this, bytes.slice(bytes.position(), length).asReadOnlyBuffer());
                }
                bytes.position(bytes.position() + length);
            }
            bytes.compact();
        }
    }

    /** Waits behind a pause; false when there is nothing to wait for because this side has closed. */
    private synchronized boolean awaitReading() {
        while (paused && !closed) {
            waitHere();
        }
        return !closed;
    }

    private void write(LinkHandler handler) {
        try {
            for (ByteBuffer[] frame = next(); frame != null; frame = next()) {
                while (Arrays.stream(frame).anyMatch(ByteBuffer::hasRemaining)) {
                    channel.write(frame);
                }
                written++;
                tellWritten(handler);
            }
        } catch (IOException theOtherSideIsGone) {
            // The reader finds out, after it has read what was written to us.
        } catch (Throwable defect) {
            broken(handler, defect);
        }
    }

    private synchronized ByteBuffer @Nullable [] next() {
        while (outbox.isEmpty() && !closed) {
            waitHere();
        }
        return outbox.poll();
    }

    private void tellWritten(LinkHandler handler) {
        synchronized (calling) {
            if (!told && !abandoned()) {
                handler.onWritten(this, written);
            }
        }
    }

    /** A defect of the handler, met by the writer: it has the last word, and the reader stays silent. */
    private void broken(LinkHandler handler, Throwable defect) {
        synchronized (calling) {
            if (!told && !abandoned()) {
                told = true;
                handler.onClosed(this, defect);
            }
        }
        abandon();
    }

    private synchronized boolean abandoned() {
        return abandoned;
    }

    private void waitHere() {
        try {
            wait();
        } catch (InterruptedException e) {
            // These threads are ours, and nobody has a reason to interrupt them.
        }
    }

    private static void awaitEnd(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // As above.
            }
        }
    }

    static void closeQuietly(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }

    /** Not an IOException, which means no more than the end of the other side. */
    private static final class BrokenFrame extends Exception {
        private static final long serialVersionUID = 1;

        BrokenFrame(String message) {
            super(message);
        }
    }
}
