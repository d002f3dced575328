package io.procession.transport.socket;

import io.procession.transport.FrameLength;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.gather.Remainder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A link over a TCP socket, whoever serves that. All calls to the handler, and all that is marked with (link), happen on one thread, or on that of a guest in its place; what other threads want
 * of it they leave behind and wake it.
 *
 * <p><b>Closing.</b> A socket that is closed while bytes wait to be read is reset by the kernel, and what it had still to send is lost. So the side that closes
 * first only ends its output, and throws away what comes until the other side has closed too, or for a bounded time.
 */
final class SocketLink implements Link {
    static final int MAX_FRAME_BYTES = 64 * 1024;

    /** After that other links of the thread have their turn. */
    private static final int ROUNDS_IN_A_ROW = 4;

    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();

    private final Wire wire;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile @Nullable LinkHandler handler;
    private volatile @Nullable Throwable failure;
    private volatile boolean paused;
    private volatile boolean closed;
    private volatile boolean abandoned;
    /** What came cannot be from an honest peer: there is nobody to be polite to. */
    private volatile boolean broken;

    // Of the thread of the link alone.
    private Remainder remainder = Remainder.none();
    private boolean handling;
    private boolean atEnd;
    /** Whether all that has arrived was delivered. */
    private boolean exhausted;

    private boolean told;
    private boolean leaving;
    private long leftAt;

    SocketLink(Wire wire, FrameReader reader) {
        this.wire = wire;
        this.reader = reader;
        this.writer = new FrameWriter(wire, this);
    }

    /** Who receives; to be told before the link starts. */
    void handledBy(LinkHandler receiver) {
        handler = receiver;
    }

    /** When the stream has ended, what the other side left belongs to it as well; to be told before the link starts. */
    void endsWith(Remainder left) {
        remainder = left;
    }

    /** Lets frames go, after bytes that come before all of them. {@link #serve} is to be called then. */
    void start(byte... greeting) {
        writer.start(greeting);
    }

    /** Ends a link that has not started. */
    void discard() {
        abandon();
        writer.close();
    }

    /** Ends this side as the death of its process would: nobody is told. */
    void abandon() {
        abandoned = true;
        writer.close(); // as all threads end before the kernel tells anybody
        wire.close();
    }

    FrameWriter writer() {
        return writer;
    }

    /** Lets the thread of the link see what has changed. */
    void wake() {
        // SYNC: pairs with the reset in serve. What was left behind before the flag was found set is seen by the turn
        // that resets it.
        if (!(handling && wire.isHere()) && woken.compareAndSet(false, true)) {
            wire.wake();
        }
    }

    /** (link) Looks after everything that may have changed. */
    void serve() {
        woken.set(false);
        turn();
    }

    /** (link) Bytes were added to the reader. */
    void received() {
        turn();
    }

    /**
     * (link) As {@link #received}, for a guest: only what he came for.
     *
     * @return whether there is more to do, for the thread whose place he has
     */
    boolean receivedHere() {
        LinkHandler receiver = handler;
        if (told || receiver == null) {
            return true;
        }
        moveAll(receiver);
        return paused || isClosed();
    }

    boolean isClosed() {
        return closed || abandoned;
    }

    /** (link) Nothing more will come. */
    void ended() {
        atEnd = true;
        turn();
    }

    private void turn() {
        LinkHandler receiver = handler;
        if (told || receiver == null) {
            return;
        }
        moveAll(receiver);
        if (abandoned) {
            told = true;
        } else if (atEnd && (closed || exhausted)) {
            end(receiver);
        } else if (closed) {
            leave(receiver);
        } else {
            wire.reading(!paused);
        }
    }

    private void moveAll(LinkHandler receiver) {
        handling = true;
        int rounds = 0;
        try {
            do {
                deliver(receiver);
            } while (tellProgress(receiver) && ++rounds < ROUNDS_IN_A_ROW);
        } catch (Throwable t) {
            fail(t);
        } finally {
            handling = false;
        }
        if (rounds == ROUNDS_IN_A_ROW) {
            wake();
        }
    }

    private void deliver(LinkHandler receiver) {
        exhausted = false;
        while (!paused && !closed && !abandoned) {
            ByteBuffer frame;
            try {
                frame = reader.next();
            } catch (IOException notAFrame) {
                broken = true;
                fail(notAFrame);
                return;
            }
            if (frame != null) {
                receiver.onFrame(this, frame);
            } else if (!atEnd || !reader.feed(remainder.after(reader.received()))) {
                exhausted = true;
                return;
            }
        }
    }

    private boolean tellProgress(LinkHandler receiver) {
        if (closed || abandoned || !writer.drain()) {
            return false;
        }
        receiver.onWritten(this, writer.written());
        return true;
    }

    /** This side has closed. */
    private void leave(LinkHandler receiver) {
        reader.discard();
        if (!leaving && !broken) {
            leaving = true;
            leftAt = System.nanoTime();
            wire.reading(true);
            writer.close(); // nothing counts as written any more: the other side reads what was left when it meets
            // the end
            wire.endOutput();
            wire.serveAfter(LINGER_NANOS);
        } else if (broken || System.nanoTime() - leftAt >= LINGER_NANOS) {
            end(receiver);
        }
    }

    private void end(LinkHandler receiver) {
        told = true;
        synchronized (this) {
            closed = true;
        }
        writer.close();
        wire.close();
        receiver.onClosed(this, failure);
    }

    /** Ends the link because of a defect, unless it has ended already. */
    void fail(Throwable cause) {
        synchronized (this) {
            if (!closed && failure == null) {
                failure = cause;
            }
        }
        close();
    }

    @Override
    public long send(ByteBuffer... parts) {
        FrameLength.check(MAX_FRAME_BYTES, parts);
        return writer.send(parts);
    }

    @Override
    public boolean receiveHere(BooleanSupplier arrived, long nanos) {
        return handler != null && !paused && !isClosed() && wire.receiveHere(arrived, nanos);
    }

    @Override
    public void expectAnswer() {
        wire.expectAnswer();
    }

    @Override
    public long written() {
        return writer.written();
    }

    @Override
    public int maxFrameBytes() {
        return MAX_FRAME_BYTES;
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
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        writer.close();
        wake();
    }
}
