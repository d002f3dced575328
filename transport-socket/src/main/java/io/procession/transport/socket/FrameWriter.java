package io.procession.transport.socket;

import io.procession.transport.gather.Pace;
import io.procession.transport.gather.SendMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Writes frames in the order in which they were sent, at any moment by one thread: the one that has the turn. A caller takes it if it is free, and if the {@link Pace}
 * does not want frames to gather, or enough have; all others put their frames into the batch that is being filled. Who comes for that is who has the turn, the {@link Ticker}, or the
 * thread of the link. No write waits: what the kernel has no room for stays with the thread of the link.
 *
 * <p>Frames that gather count as written at once if they lie in {@link SendMemory}, where the side that connects has its batches: the other side finds them
 * there if this process ends before it writes them. A frame is kept so only if all before it are, or are in the kernel; so what is kept follows what was written without a gap.
 *
 * <pre>
 *   field    | written by              | read by          | how
 *   turn     | who takes or passes it  | everybody        | under this monitor
 *   filling  | callers                 | callers, link    | under this monitor
 *   writing  | who has the turn        | who has the turn | handed over by the monitor
 *   given    | who has the turn        | who has the turn | handed over by the monitor
 *   written  | callers, who has the turn | everybody      | volatile; written under this monitor
 *   untold   | who has the turn, link  | link             | volatile
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

    /** What a frame does when it is sent. */
    private enum Next {
        /** Wait: somebody will come for it. */
        WAIT,
        /** Go alone, by the thread that sends it. */
        GO,
        /** Go with those that have gathered, by the thread that sends it. */
        GO_TOGETHER,
        /** Wait for more, or for the ticker, who does not know yet. */
        GATHER,
        /** Wait for the thread of the link, who does not know yet. */
        WAKE
    }

    /** As many frames as would fill half the window of core's connections, so that they never wait for the ticker. */
    private static final int ENOUGH_FRAMES = 128;

    /** So many cost some 5 us each to write, as long as it is between two ticks. */
    private static final int WORTH_A_TICK = 32;

    private static final int ENOUGH_BYTES = Batch.MAX_BYTES / 2;

    /** After so many batches in a row the thread of the link looks after its other links. */
    private static final int BATCHES_IN_A_ROW = 16;

    private final Wire wire;
    private final SocketLink link;

    private final Pace pace = new Pace(WORTH_A_TICK);
    private Batch filling = new Batch();
    /** What came when the batch had no more room; younger than all in it. */
    private final ArrayDeque<ByteBuffer[]> overflow = new ArrayDeque<>();

    private Batch writing = new Batch();
    private Turn turn = Turn.TAKEN; // until start
    private boolean closed;
    private long sent;
    /** How many bytes all frames have that were sent. */
    private long sentBytes;
    /** How many frames the kernel has. */
    private long given;
    /** How many frames the kernel has, or the memory that outlives this process. */
    private volatile long written;

    /** Whether frames were written after their {@link #send} had returned, and nobody was told of it. */
    private volatile boolean untold;

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

    /** Lets frames that gather lie in memory that outlives this process; to be told before the link starts. */
    synchronized void keepIn(SendMemory memory) {
        filling.moveTo(memory.half(0));
        writing.moveTo(memory.half(1));
    }

    long written() {
        // SYNC: pairs with the write in advance. Who sees a position also sees that its parts are free.
        return written;
    }

    long send(ByteBuffer... parts) {
        long position;
        Next next;
        synchronized (this) {
            position = ++sent;
            if (closed) {
                return position;
            }
            next = next(parts);
        }
        switch (next) {
            case WAIT -> {}
            case GO -> writeAlone(parts);
            case GO_TOGETHER -> writeGathered();
            case GATHER -> gather();
            case WAKE -> link.wake();
        }
        return position;
    }

    private Next next(ByteBuffer... parts) {
        boolean free = turn == Turn.FREE && !wire.isHere();
        boolean gathering = pace.gathers();
        if (free && !gathering && pace.writesNow(System.nanoTime()) && filling.isEmpty()) {
            sentBytes += bytes(parts);
            turn = Turn.TAKEN;
            return Next.GO;
        }
        enqueue(parts);
        pace.kept();
        if (!gathering && pace.gathers()) {
            return Next.GATHER;
        }
        if (free && gathering) {
            return hasEnough() && takeGathered() ? Next.GO_TOGETHER : Next.WAIT;
        }
        return turn == Turn.FREE ? Next.WAKE : Next.WAIT; // else who has the turn looks again
    }

    private static int bytes(ByteBuffer... parts) {
        int bytes = 0;
        for (ByteBuffer part : parts) {
            bytes += part.remaining();
        }
        return bytes;
    }

    private void enqueue(ByteBuffer... parts) {
        long start = sentBytes;
        int bytes = bytes(parts);
        sentBytes += bytes;
        try {
            if (overflow.isEmpty() && filling.add(parts)) {
                if (written == sent - 1 && filling.keep(start, bytes)) {
                    written = sent;
                }
            } else {
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

    private boolean hasEnough() {
        return filling.frames() >= ENOUGH_FRAMES || filling.bytes() >= ENOUGH_BYTES || !overflow.isEmpty();
    }

    private boolean takeGathered() {
        if (closed || turn != Turn.FREE || filling.isEmpty()) {
            return false;
        }
        exchange();
        turn = Turn.TAKEN;
        return true;
    }

    private void gather() {
        try {
            Ticker.SHARED.add(this);
        } catch (Throwable noThread) {
            boolean gathers = true;
            while (gathers) {
                gathers = tick(); // nobody will come: until nothing has come in between
            }
            link.wake();
        }
    }

    private void writeAlone(ByteBuffer... parts) {
        try {
            writing.add(parts);
        } catch (Throwable t) {
            link.fail(t);
            return;
        }
        writeHere(false);
    }

    private void writeGathered() {
        int batches = 0;
        do {
            batches++;
        } while (writeHere(true) && takeEnough(batches));
    }

    private synchronized boolean takeEnough(int batches) {
        return batches < BATCHES_IN_A_ROW && hasEnough() && takeGathered();
    }

    /** Writes the batch whose turn it is, on any thread but that of the link; true if all of it went. */
    private boolean writeHere(boolean others) {
        boolean finished;
        try {
            finished = writing.writeTo(wire);
        } catch (IOException gone) {
            giveUp();
            return false;
        } catch (Throwable t) {
            link.fail(t);
            return false;
        }
        if (finished) {
            advance(others);
        }
        boolean wake;
        synchronized (this) {
            turn = finished ? Turn.FREE : Turn.UNFINISHED;
            // While frames gather, the ticker sees to what waits and to what is to be told.
            wake = !finished || (!pace.gathers() && (untold || !filling.isEmpty()));
        }
        if (wake) {
            link.wake();
        }
        return finished;
    }

    /** The time between two ticks has passed; on the thread of the ticker. False if frames gather no more, and nobody is to come again. */
    boolean tick() {
        try {
            return comeForGathered();
        } catch (Throwable t) {
            link.fail(t); // and no other link has to suffer for it
            return false;
        }
    }

    private boolean comeForGathered() {
        boolean again;
        boolean write;
        synchronized (this) {
            again = pace.tick() && !closed;
            write = takeGathered();
        }
        if (write) {
            writeGathered();
        }
        if (untold) {
            link.wake();
        }
        return again;
    }

    private void advance(boolean tell) {
        given += writing.frames();
        if (advanceTo(given) && tell) {
            // SYNC: after the position. Who resets it and looks at the position then, has not missed this one.
            untold = true;
        }
        writing.clear();
    }

    private synchronized boolean advanceTo(long position) {
        if (position <= written) {
            return false; // all of it was kept
        }
        // SYNC: see written().
        written = position;
        return true;
    }

    /**
     * Writes what waits, on the thread of the link.
     *
     * @return whether the handler is to be told what {@link #written()} has reached
     */
    boolean drain() {
        if (takeTurn()) {
            writeWaiting();
        }
        if (!untold) {
            return false;
        }
        untold = false;
        return true;
    }

    private void writeWaiting() {
        try {
            for (int batches = 0; writing.writeTo(wire); batches++) {
                advance(true);
                if (!takeMore(batches)) {
                    return;
                }
            }
            synchronized (this) {
                turn = Turn.LENT;
            }
            wire.putLater(writing);
        } catch (IOException gone) {
            giveUp();
        }
    }

    private synchronized boolean takeTurn() {
        if (closed || turn == Turn.TAKEN || turn == Turn.LENT) {
            return false;
        }
        if (turn == Turn.FREE) {
            if (filling.isEmpty()) {
                return false;
            }
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
        turn = Turn.FREE;
        if (!filling.isEmpty()) {
            untold = true; // stopped by the count: so the link comes again, although perhaps all was kept and nobody
            // waits
        }
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
        advance(true);
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
