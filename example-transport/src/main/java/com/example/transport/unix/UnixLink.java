package com.example.transport.unix;

import io.procession.transport.FrameLength;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportSite;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One end: the thread it was greeted on reads and tells the end, another writes all that is sent. */
final class UnixLink implements Link {
    private static final int MAX_FRAME_BYTES = 64 << 10;

    private final TransportSite site;
    private final SocketChannel channel;
    private final Outbox outbox = new Outbox();
    private final Gate gate = new Gate();
    private volatile long written; // by the writer only
    private volatile @Nullable HandlerCalls calls;
    private volatile boolean abandoned;

    UnixLink(TransportSite site, SocketChannel channel) {
        this.site = site;
        this.channel = channel;
    }

    // region send
    @Override
    public long send(ByteBuffer... parts) {
        FrameLength.check(MAX_FRAME_BYTES, parts);
        return outbox.add(parts); // never blocks; the writer thread does
    }

    @Override
    public long written() {
        return written;
    }

    private void write(HandlerCalls handler) {
        try {
            for (ByteBuffer[] frame = outbox.take(); frame != null; frame = outbox.take()) {
                while (Arrays.stream(frame).anyMatch(ByteBuffer::hasRemaining)) {
                    channel.write(frame);
                }
                long position = written + 1;
                written = position; // the frame is in the kernel: it arrives even if this process is killed now
                handler.written(position);
            }
        } catch (IOException theOtherSideIsGone) {
            // The reader finds out, after it has read what was written to us.
        } catch (Throwable defect) {
            handler.closed(defect);
            close();
        }
    }
    // endregion

    @Override
    public int maxFrameBytes() {
        return MAX_FRAME_BYTES;
    }

    @Override
    public void pause() {
        gate.shut();
    }

    @Override
    public void resume() {
        gate.open();
    }

    @Override
    public void close() {
        outbox.close();
        gate.close();
        closeQuietly(channel); // ends a blocked read and a blocked write
    }

    /** Ends this side as the death of its process would: nobody here is told. */
    void abandon() {
        abandoned = true;
        HandlerCalls handler = calls;
        if (handler != null) {
            handler.silence();
        }
        close();
    }

    /** Reads until the end, whoever brings it. */
    void run(LinkHandler receiver) {
        HandlerCalls handler = new HandlerCalls(this, receiver);
        calls = handler;
        if (abandoned) {
            handler.silence();
        }
        Thread writer = UnixTransport.start(site, "writer", () -> write(handler));
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
        handler.closed(cause);
    }

    // region read
    private void read(HandlerCalls handler) throws IOException, BrokenFrame {
        ByteBuffer bytes = ByteBuffer.allocateDirect(2 * MAX_FRAME_BYTES);
        while (gate.pass() && channel.read(bytes) >= 0) {
            bytes.flip();
            while (bytes.remaining() >= FrameLength.BYTES) {
                int length = FrameLength.read(bytes, bytes.position());
                if (length < FrameLength.BYTES || length > MAX_FRAME_BYTES) {
                    throw new BrokenFrame("a frame cannot be " + length + " bytes long");
                }
                if (bytes.remaining() < length || !gate.pass()) {
                    break;
                }
                handler.frame(bytes.slice(bytes.position(), length).asReadOnlyBuffer());
                bytes.position(bytes.position() + length);
            }
            bytes.compact();
        }
    }
    // endregion

    @SuppressWarnings("ThreadJoinLoop") // it is surrounded by one
    private static void awaitEnd(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // These threads are ours, and nobody has a reason to interrupt them.
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
