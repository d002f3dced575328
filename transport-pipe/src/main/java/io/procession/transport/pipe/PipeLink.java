package io.procession.transport.pipe;

import static java.util.Objects.requireNonNull;

import io.procession.transport.FrameLength;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.gather.Remainder;
import io.procession.transport.gather.SendMemory;
import io.procession.transport.guest.ReadingTurn;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A link over two FIFOs. Its reader thread runs {@link #read}, delivers frames, and is the one that tells the end. */
final class PipeLink implements Link {
    static final int MAX_FRAME_BYTES = 64 * 1024;
    /** The first bytes from the host to the client: the layout of what follows, and that the link was accepted. */
    private static final byte[] GREETING = "PIPE\0\0\0\1".getBytes(StandardCharsets.US_ASCII);

    private final FrameReader reader;
    private final FrameWriter writer;
    private final ReadingTurn turn = new ReadingTurn();
    private Remainder remainder = Remainder.none();
    private volatile @Nullable HandlerCalls calls;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private volatile boolean paused;

    PipeLink(FileInputStream in, FifoWriter out, int windowBytes, String threadName) {
        this.reader = new FrameReader(in);
        this.writer = new FrameWriter(out, windowBytes, this, threadName);
    }

    /** Waits, on the client's side, until the host has accepted. */
    void awaitAcceptance() throws IOException {
        reader.expect(GREETING);
    }

    /** Who receives; to be told before the link starts. */
    void handledBy(LinkHandler handler) {
        calls = new HandlerCalls(this, handler);
    }

    /** Lets frames gather in memory that outlives this process; before the link starts. */
    void keepIn(SendMemory memory) {
        writer.keepIn(memory);
    }

    /** When the stream has ended, what the other side left belongs to it as well; before the link starts. */
    void endsWith(Remainder left) {
        remainder = left;
    }

    /** Lets frames go from the client. */
    void startClient() {
        writer.start(new byte[0]);
    }

    /** Tells the client that it was accepted, and lets frames go. */
    void startHost() {
        writer.start(GREETING);
    }

    /** Ends a link that has not started. */
    void discard() {
        close();
        writer.discard();
    }

    /** Ends this side as the death of its process would: nobody is told. For tests of recovery. */
    void abandon() {
        requireNonNull(calls).silence();
        close();
    }

    /** Delivers frames until the link ends. For the reader thread, when the link was accepted. */
    void read() {
        HandlerCalls handler = requireNonNull(calls);
        try {
            do {
                deliver(handler);
            } while (awaitReading() && more());
        } catch (Throwable t) {
            fail(t);
        }
        close();
        handler.closed(failure);
    }

    private boolean more() throws IOException {
        return turn.offer() || reader.fill() || reader.feed(remainder.after(reader.received()));
    }

    @Override
    public boolean receiveHere(BooleanSupplier arrived, long nanos) {
        HandlerCalls handler = calls;
        if (handler == null || closed || paused || !turn.enter()) {
            return false;
        }
        boolean came = false;
        try {
            came = receive(handler, arrived, nanos);
        } catch (Throwable t) {
            fail(t);
        } finally {
            turn.leave(!came);
        }
        return came;
    }

    @Override
    public void expectAnswer() {
        turn.recall();
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // the kernel likes to put who was woken behind who wakes him: there he would wait
    // for the spinning to end
    private boolean receive(HandlerCalls handler, BooleanSupplier arrived, long nanos) throws IOException {
        long begun = System.nanoTime();
        do {
            if (reader.fillHere() && deliverAll(handler)) {
                return false; // it was paused or closed: the rest is the reader thread's
            }
            if (arrived.getAsBoolean()) {
                return true;
            }
            Thread.yield();
        } while (!closed && System.nanoTime() - begun < nanos);
        return false;
    }

    private void deliver(HandlerCalls handler) throws IOException, InterruptedException {
        boolean more = true;
        while (more && awaitReading()) {
            more = deliverAll(handler);
        }
    }

    /** True if there may be more, since the link was paused or closed. */
    private boolean deliverAll(HandlerCalls handler) throws IOException {
        handler.begin();
        try {
            return deliverUntilPaused(handler);
        } finally {
            handler.end();
        }
    }

    private boolean deliverUntilPaused(HandlerCalls handler) throws IOException {
        while (!paused && !closed) {
            ByteBuffer frame = reader.next();
            if (frame == null) {
                return false;
            }
            handler.frame(frame);
        }
        return true;
    }

    /** Waits while the link is paused; false if it is closed. */
    private boolean awaitReading() throws InterruptedException {
        if (paused) {
            synchronized (this) {
                while (paused && !closed) {
                    wait();
                }
            }
        }
        return !closed;
    }

    /** Ends the link because of a defect or of an input or output error, unless it has ended already. */
    void fail(Throwable cause) {
        synchronized (this) {
            if (!closed && failure == null) {
                failure = cause;
            }
        }
        close();
    }

    /** The writer thread has advanced. */
    void progressed() {
        HandlerCalls handler = calls;
        if (handler != null) {
            handler.progressed();
        }
    }

    @Override
    public long send(ByteBuffer... parts) {
        return writer.send(FrameLength.check(MAX_FRAME_BYTES, parts), parts);
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
    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        writer.close();
        reader.close();
    }
}
