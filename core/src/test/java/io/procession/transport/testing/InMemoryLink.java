package io.procession.transport.testing;

import io.procession.transport.FrameLength;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link. Its thread delivers what arrives, writes what had to wait, and tells both to the handler; whoever changes what it looks
 * at wakes it afterwards.
 */
final class InMemoryLink implements Link, InMemoryTransport.Abandonable {
    private record Waiting(int frameBytes, ByteBuffer[] parts) {}

    private enum End {
        NONE,
        CLOSED,
        ABANDONED
    }

    private static final byte POISON = (byte) 0xDD;

    private final InMemoryTransport transport;
    private final String siteName;
    private final InMemoryChannel in;
    private final InMemoryChannel out;
    private final int maxFrameBytes;
    private final Deque<Waiting> outbox = new ArrayDeque<>(); // guarded by itself, as is the order of writing
    private long sent; // guarded by outbox
    private volatile long written;
    private volatile boolean paused;
    private volatile End end = End.NONE;
    private volatile @Nullable Thread thread;
    private @Nullable InMemoryLink peer; // set by join, before either end is seen by anybody

    InMemoryLink(
            InMemoryTransport transport, String siteName, InMemoryChannel in, InMemoryChannel out, int maxFrameBytes) {
        this.transport = transport;
        this.siteName = siteName;
        this.in = in;
        this.out = out;
        this.maxFrameBytes = maxFrameBytes;
    }

    static void join(InMemoryLink one, InMemoryLink other) {
        one.peer = other;
        other.peer = one;
    }

    void start(LinkHandler handler) {
        Thread started = new Thread(() -> run(handler), siteName + "-memory-link");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    @Override
    public long send(ByteBuffer... parts) {
        int frameBytes = FrameLength.check(maxFrameBytes, parts);
        synchronized (outbox) {
            long position = ++sent;
            if (end != End.NONE) {
                return position;
            }
            if (outbox.isEmpty() && offer(frameBytes, parts)) {
                written = position;
                wakePeer();
            } else {
                ByteBuffer[] views =
                        Arrays.stream(parts).map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
                outbox.add(new Waiting(frameBytes, views));
                wake(); // room may have come between the refused offer and now
            }
            return position;
        }
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        wake();
    }

    @Override
    public void close() {
        stop(End.CLOSED);
    }

    @Override
    public void abandon() {
        stop(End.ABANDONED);
    }

    private void stop(End how) {
        synchronized (outbox) {
            if (end == End.NONE || how == End.ABANDONED) {
                end = how;
            }
            outbox.clear();
            out.end();
        }
        in.drop();
        transport.ended(this);
        wakePeer();
        wake();
    }

    private void run(LinkHandler handler) {
        Throwable cause = null;
        try {
            while (end == End.NONE) {
                // Parks only after a look at everything with no handler in between, which could eat the permit of a
                // wake.
                if (!(deliver(handler) | flush(handler))) {
                    if (in.exhausted()) {
                        break;
                    }
                    LockSupport.park(this);
                }
            }
        } catch (Throwable defect) {
            cause = defect;
        }
        stop(End.CLOSED);
        if (end != End.ABANDONED) {
            handler.onClosed(this, cause);
        }
    }

    /** Delivers one frame, if there is one. */
    private boolean deliver(LinkHandler handler) {
        ByteBuffer frame = paused ? null : in.poll();
        if (frame == null) {
            return false;
        }
        wakePeer();
        handler.onFrame(this, frame.asReadOnlyBuffer());
        Arrays.fill(frame.array(), POISON); // the frame was lent: who kept it shall notice
        return true;
    }

    private boolean offer(int frameBytes, ByteBuffer[] parts) {
        boolean moved = transport.maySend() && out.offer(frameBytes, parts);
        if (moved) {
            transport.sent();
        }
        return moved;
    }

    private boolean flush(LinkHandler handler) {
        boolean moved = false;
        synchronized (outbox) {
            for (Waiting next = outbox.peek();
                    next != null && offer(next.frameBytes, next.parts);
                    next = outbox.peek()) {
                outbox.remove();
                written++;
                moved = true;
            }
        }
        if (moved) {
            wakePeer();
            handler.onWritten(this, written);
        }
        return moved;
    }

    private void wakePeer() {
        if (peer != null) {
            peer.wake();
        }
    }

    private void wake() {
        LockSupport.unpark(thread);
    }
}
