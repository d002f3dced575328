package io.procession.transport.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Writes frames in the order in which they were sent, at any moment by one thread: the one that has the turn. A caller takes it if it is free, nothing
 * waits and the {@link Pace} lets it; all others put their frames into the batch that is being filled, which the thread of the link takes. No
 * write waits: what the kernel has no room for stays with the thread of the link.
 *
 * <pre>
 *   field    | written by              | read by          | how
 *   turn     | who takes or passes it  | everybody        | under this monitor
 *   filling  | callers                 | callers, link    | under this monitor
 *   writing  | who has the turn        | who has the turn | handed over by the monitor
 *   written  | who has the turn        | everybody        | volatile
 *   told     | link                    | link             | plain
 * </pre>
 */
final class FrameWriter {
    private enum Turn {
        /** Nobody writes. */
        FREE,
        /** Somebody writes, or will begin to. */
        TAKEN,
        /** The thread of the link has to go on with a batch that is not written to its end. */
        UNFINISHED,
        /** The wire has that batch. */
        LENT
    }

    /** After so many batches in a row the thread of the link looks after its other links. */
    private static final int BATCHES_IN_A_ROW = 16;

    private final Wire wire;
    private final SocketLink link;

    private final Pace pace = new Pace();
    private Batch filling = new Batch();
    /** What came when the batch had no more room; younger than all in it. */
    private final ArrayDeque<ByteBuffer[]> overflow = new ArrayDeque<>();

    private Batch writing = new Batch();
    private Turn turn = Turn.TAKEN; // until start
    private boolean closed;
    private long sent;
    private volatile long written;
    /** How far the thread of the link knows that it has come. */
    private long told;

    /** A writer that lets nothing go before {@link #start}. */
    FrameWriter(Wire wire, SocketLink link) {
        this.wire = wire;
        this.link = link;
    }

    /** Lets the frames go, after bytes that come before all of them. The thread of the link is to {@link #drain} then. */
    synchronized void start(byte... greeting) {
        writing.addBytes(greeting);
        turn = Turn.UNFINISHED;
    }

    long written() {
        // SYNC: pairs with the write in advance. Who sees a position also sees that its parts are free.
        return written;
    }

    long send(ByteBuffer... parts) {
        long position;
        boolean wake = false;
        synchronized (this) {
            position = ++sent;
            if (closed) {
                return position;
            }
            if (turn == Turn.FREE && filling.isEmpty() && !wire.isHere() && pace.writesHere(System.nanoTime())) {
                turn = Turn.TAKEN;
            } else {
                enqueue(parts);
                wake = turn == Turn.FREE; // else who has the turn looks again
                if (!wake) {
                    return position;
                }
            }
        }
        if (wake) {
            link.wake();
        } else {
            writeHere(parts);
        }
        return position;
    }

    private void enqueue(ByteBuffer... parts) {
        try {
            if (!overflow.isEmpty() || !filling.add(parts)) {
                ByteBuffer[] views = new ByteBuffer[parts.length];
                for (int i = 0; i < parts.length; i++) {
                    views[i] = parts[i].duplicate();
                }
                overflow.add(views);
            }
        } catch (Throwable t) {
            // No memory: a frame is missing now, so there can be no more.
            link.fail(t);
        }
    }

    private void writeHere(ByteBuffer... parts) {
        boolean finished = false;
        try {
            writing.add(parts);
            finished = writing.writeTo(wire);
        } catch (IOException gone) {
            giveUp();
            return;
        } catch (Throwable t) {
            link.fail(t);
            return;
        }
        if (finished) {
            advance();
        }
        boolean wake;
        synchronized (this) {
            turn = finished ? Turn.FREE : Turn.UNFINISHED;
            wake = !finished || !filling.isEmpty();
        }
        if (wake) {
            link.wake();
        }
    }

    private void advance() {
        long reached = written + writing.frames(); // nobody else writes it: the turn is here
        // SYNC: see written().
        written = reached;
        writing.clear();
    }

    /**
     * Writes what waits, on the thread of the link.
     *
     * @return whether {@link #written()} has advanced
     */
    boolean drain() {
        if (!takeTurn()) {
            return false;
        }
        long before = told;
        try {
            for (int batches = 0; writing.writeTo(wire); batches++) {
                advance();
                if (!takeMore(batches)) {
                    told = written;
                    return told > before;
                }
            }
            synchronized (this) {
                turn = Turn.LENT;
            }
            wire.putLater(writing);
        } catch (IOException gone) {
            giveUp();
        }
        told = written;
        return told > before;
    }

    private synchronized boolean takeTurn() {
        if (closed || turn == Turn.TAKEN || turn == Turn.LENT) {
            return false;
        }
        if (turn == Turn.FREE) {
            if (filling.isEmpty()) {
                return false;
            }
            pace.found(filling.frames() + overflow.size());
            exchange();
        }
        turn = Turn.TAKEN;
        return true;
    }

    /** Takes the next batch, or passes the turn on. */
    private synchronized boolean takeMore(int batches) {
        if (closed) {
            return false;
        }
        if (!filling.isEmpty() && batches < BATCHES_IN_A_ROW) {
            exchange();
            return true;
        }
        turn = Turn.FREE; // the link comes again if it was stopped by the count
        return false;
    }

    private void exchange() {
        Batch full = filling;
        filling = writing;
        writing = full;
        while (!overflow.isEmpty() && filling.add(overflow.element())) {
            overflow.remove();
        }
    }

    /** The rest of the batch that was lent can be written now. */
    synchronized void resume() {
        if (turn == Turn.LENT) {
            turn = Turn.UNFINISHED;
        }
    }

    /** The rest of the batch that was lent has been written; (link). */
    void finished() {
        advance();
        synchronized (this) {
            turn = Turn.UNFINISHED; // with nothing left in it
        }
    }

    /** The other side is gone. Who reads finds that out too, after what it had still written. */
    void giveUp() {
        close();
    }

    /** Drops what is not written, and all that comes. */
    synchronized void close() {
        closed = true;
        filling = new Batch();
        overflow.clear();
    }
}
