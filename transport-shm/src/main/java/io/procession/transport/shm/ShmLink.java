package io.procession.transport.shm;

import io.procession.transport.FrameLength;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * One side of a link. Everything that is received, told or ended happens on the loop's thread, which looks at the link while it is awake and hears its doorbell while it
 * sleeps; callers of {@link #send} only write, and ring.
 */
final class ShmLink implements Link, Loop.Member {
    private final Loop loop;
    private final LinkMemory memory;
    private final SelectionKey key;
    private final Doorbell doorbell;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private final SleepFlag readerSleeps;
    private final SleepFlag ownReaderSleeps;
    private final SleepFlag ownWriterWaits;

    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private volatile boolean paused;
    private volatile boolean silent;

    // For the loop only.
    private final SpinBudget spin = new SpinBudget();
    private @Nullable LinkHandler handler;
    private boolean awake;
    private boolean peerGone;
    private boolean ended;
    private long lastMoved;

    ShmLink(Loop loop, LinkMemory memory, SelectionKey key, Doorbell doorbell) {
        this.loop = loop;
        this.memory = memory;
        this.key = key;
        this.doorbell = doorbell;
        this.outgoing = new Outgoing(memory.writer(), this);
        this.incoming = new Incoming(memory, doorbell);
        this.readerSleeps = memory.readerSleeps(memory.outbound());
        this.ownReaderSleeps = memory.readerSleeps(memory.inbound());
        this.ownWriterWaits = memory.writerWaits(memory.outbound());
    }

    @Override
    public long send(ByteBuffer... parts) {
        return outgoing.send(FrameLength.check(memory.geometry().maxFrameBytes(), parts), parts);
    }

    @Override
    public long written() {
        return outgoing.written();
    }

    @Override
    public int maxFrameBytes() {
        return memory.geometry().maxFrameBytes();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        attendSoon();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        outgoing.close();
        attendSoon();
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

    /** Ends this side as the death of its process would: nobody is told. For tests of recovery. */
    void abandon() {
        silent = true;
        close();
    }

    /** Rings if the reader on the other side sleeps. To be called after something was published. */
    void wakeReader() {
        if (readerSleeps.mustRing()) {
            doorbell.ring();
        }
    }

    /** Has the loop look at this link. */
    void attendSoon() {
        loop.attend(this);
    }

    // From here on all is called by the loop.

    /** Who receives. From now on the link lives, and its doorbell is heard. */
    void start(LinkHandler receiver) {
        handler = receiver;
        key.attach(this);
        key.interestOps(SelectionKey.OP_READ);
        attend();
    }

    /** Ends a link that has not started. */
    void discard() {
        silent = true;
        close();
        end();
    }

    @Override
    public void attend() {
        if (handler != null && !ended) {
            wake();
        }
    }

    @Override
    public void ready() {
        if (!doorbell.listen()) {
            peerGone = true;
            key.cancel();
            doorbell.close();
        }
        wake();
    }

    @Override
    public void abort(Throwable cause) {
        fail(cause);
        if (handler != null) {
            end();
        }
    }

    private void wake() {
        if (!awake) {
            awake = true;
            long now = System.nanoTime();
            spin.woke(now);
            lastMoved = now;
            ownReaderSleeps.withdraw();
            ownWriterWaits.withdraw();
            loop.addAwake(this);
        }
    }

    /**
     * Moves what can be moved.
     *
     * @return whether the loop should look again soon; if not, the link sleeps or has ended
     */
    boolean poll(long now) {
        try {
            if (moveAll()) {
                lastMoved = now;
                return true;
            }
            if (!closed && (now - lastMoved < spin.nanos() || !fallAsleep(now))) {
                return true;
            }
        } catch (Throwable t) {
            fail(t);
        }
        awake = false;
        if (closed) {
            end();
        }
        return false;
    }

    private boolean moveAll() throws IOException {
        if (closed) {
            return false;
        }
        boolean moved = outgoing.hasBacklog() && !peerGone && writeQueued();
        boolean some = incoming.refresh();
        if (some && !paused) {
            deliver();
            return true;
        }
        if (peerGone && !some) {
            close(); // all that it had written was delivered
        }
        return moved;
    }

    private boolean writeQueued() {
        if (!outgoing.writeQueued()) {
            return false;
        }
        if (!closed && !silent && handler != null) {
            handler.onWritten(this, outgoing.written());
        }
        return true;
    }

    private void deliver() throws IOException {
        LinkHandler receiver = handler;
        while (!paused && !closed && receiver != null) {
            ByteBuffer frame = incoming.next();
            if (frame == null) {
                break;
            }
            if (!silent) {
                receiver.onFrame(this, frame);
            }
            incoming.done();
        }
        incoming.release();
    }

    /** Whether this link can sleep: its doorbell will ring when something moves, and nothing has moved until now. */
    private boolean fallAsleep(long now) throws IOException {
        if (peerGone) {
            return true; // it waits behind a pause, for resume or close
        }
        boolean reads = !paused;
        if (reads) {
            ownReaderSleeps.announce();
        }
        if (outgoing.hasBacklog()) {
            ownWriterWaits.announce();
        }
        if ((reads && incoming.refresh()) || (outgoing.hasBacklog() && writeQueued())) {
            ownReaderSleeps.withdraw();
            ownWriterWaits.withdraw();
            return false;
        }
        spin.fellAsleep(now);
        return true;
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        outgoing.close();
        incoming.close();
        if (peerGone) {
            memory.removeOutboundSegments();
        }
        if (memory.outbound() == LinkLayout.Direction.TO_CLIENT) {
            memory.files().removeRings();
        }
        memory.files().leaveDirectory();
        key.cancel();
        doorbell.close();
        loop.flushCancelled();
        LinkHandler receiver = handler;
        try {
            if (!silent && receiver != null) {
                receiver.onClosed(this, failure);
            }
        } finally {
            loop.leave();
        }
    }
}
