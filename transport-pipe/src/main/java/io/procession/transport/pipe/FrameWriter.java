package io.procession.transport.pipe;

import io.procession.transport.gather.Pace;
import io.procession.transport.gather.SendMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames in the order in which they were sent, at any moment by one thread: the one that has the turn. A caller takes the turn if it is
 * free and the FIFO has room for its frame, and writes itself. All others queue, and the writer thread takes the turn and all that is queued.
 *
 * <p>A frame that is larger than the room can ever be is begun by the caller as well, who writes piece by piece as the other side reads, while that
 * {@linkplain Patience goes on at once}: to wake the writer thread and to be woken by it costs more than the write. What is left goes to the thread.
 *
 * <p>On the side that connects, small frames that follow each other fast {@linkplain Pace gather} in {@link SendMemory}, where they count as written at once: the other side finds them there
 * if this process ends before they are in the FIFO. The writer thread then comes for them at each tick, or when there are enough. A frame is kept so only if all before it are, or are in the FIFO; so
 * what is kept follows what was written without a gap.
 *
 * <pre>
 *   field      | written by                                  | read by   | how
 *   busy       | who takes or ends the turn                  | everybody | under this monitor
 *   unread     | who has the turn, or decides to take it     | the same  | handed over by the monitor
 *   scratch    | who has the turn                            | the same  | handed over by the monitor
 *   given      | who has the turn                            | the same  | handed over by the monitor
 *   written    | who has the turn, or keeps a frame           | everybody | volatile
 * </pre>
 */
final class FrameWriter {
    /** So many writes take about as long as the time between two ticks. */
    private static final int WORTH_A_TICK = 64;

    /** Twice that, as a rule, since the kernel wakes sleepers late. */
    private static final long TICK_NANOS = 50_000;

    private enum Step {
        WRITE,
        REST,
        END
    }

    private final FifoWriter fifo;
    private final int windowBytes;
    private final PipeLink link;
    private final String threadName;

    private final FrameQueue queue = new FrameQueue();
    private @Nullable Thread thread;
    /** Somebody has the turn; first whoever will call {@link #start}. */
    private boolean busy = true;
    /** It is the writer thread. */
    private boolean threadsTurn;

    private boolean closed;
    private long sent;
    private long sentBytes;
    private final Pace pace = new Pace(WORTH_A_TICK);
    /** Whether frames may gather. */
    private boolean gathers;

    /** The writer thread has waited for more, and is to write what there is. */
    private boolean rested;

    private boolean resting;
    /** No fewer than the bytes in the FIFO: only who has the turn adds to them. */
    private int unread;

    private final Patience patience;
    private byte[] scratch = new byte[256];
    /** How many frames are in the FIFO, or have been. */
    private long given;

    private volatile long written;

    /**
     * A writer that lets nothing go before {@link #start}.
     *
     * @param windowBytes with so many bytes unread a write still does not block
     */
    FrameWriter(FifoWriter fifo, int windowBytes, PipeLink link, String threadName) {
        this.fifo = fifo;
        this.windowBytes = windowBytes;
        this.link = link;
        this.threadName = threadName;
        this.patience = new Patience(windowBytes);
    }

    /** Lets frames gather in memory that outlives this process, when they come fast; to be told before the start. */
    synchronized void keepIn(SendMemory memory) {
        queue.keepIn(memory);
        gathers = true;
    }

    /** Writes what comes before all frames, then lets the frames go. */
    void start(byte[] greeting) {
        writeHere(greeting.length, ByteBuffer.wrap(greeting));
        endTurn();
    }

    /** Ends a writer that was not started. */
    void discard() {
        close();
        closeFifo();
    }

    long written() {
        // SYNC: pairs with the writes in send and writeQueued. Who sees a position also sees that its parts are free.
        return written;
    }

    long send(int length, ByteBuffer... parts) {
        long position;
        synchronized (this) {
            position = ++sent;
            if (closed) {
                return position;
            }
            long start = sentBytes;
            sentBytes += length;
            if (busy || !goesNow(length)) {
                enqueue(start, length, parts);
                return position;
            }
            busy = true;
        }
        if (length > windowBytes ? writeInPieces(parts) : writeHere(length, parts)) {
            given = position;
            // SYNC: see written().
            written = position;
        }
        endTurn();
        return position;
    }

    /** Ends writing; a write that blocks meanwhile fails. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
            notifyAll();
            if (busy && !threadsTurn) {
                // A caller is writing, and closes when it is done, for it does not block. Under its feet the descriptor
                // could become another file's.
                return;
            }
        }
        closeFifo();
    }

    private boolean goesNow(int length) {
        if (length > windowBytes) {
            return patience.isWorthwhile();
        }
        return (!gathers || pace.writesNow(System.nanoTime())) && hasRoom(length);
    }

    private void endTurn() {
        synchronized (this) {
            if (!closed) {
                busy = false;
                if (!queue.isEmpty()) {
                    turnToThread();
                }
                return;
            }
        }
        closeFifo();
    }

    /** Whether a frame can be written without blocking; never asked while somebody writes. */
    private boolean hasRoom(int length) {
        if (length > windowBytes) {
            return false;
        }
        if (unread + length > windowBytes) {
            try {
                unread = fifo.unreadBytes();
            } catch (IOException e) {
                return false; // the writer thread will meet the reason
            }
        }
        return unread + length <= windowBytes;
    }

    private boolean writeHere(int length, ByteBuffer... parts) {
        try {
            if (scratch.length < length) {
                scratch = new byte[Math.max(length, 2 * scratch.length)];
            }
            int offset = 0;
            for (ByteBuffer part : parts) {
                int size = part.remaining();
                part.get(part.position(), scratch, offset, size);
                offset += size;
            }
            unread += length;
            fifo.write(scratch, 0, length);
            return true;
        } catch (Throwable t) {
            link.fail(t);
            return false;
        }
    }

    /** Writes as long as there is room soon enough; what is left then goes to the writer thread. */
    private boolean writeInPieces(ByteBuffer... parts) {
        try {
            Pieces pieces = new Pieces(parts);
            while (pieces.left() > 0) {
                int room = awaitRoom(pieces.left());
                if (room == 0) {
                    synchronized (this) {
                        queue.addRest(pieces.rest());
                    }
                    return false;
                }
                unread += pieces.writeTo(fifo, room);
            }
            return true;
        } catch (Throwable t) {
            link.fail(t);
            return false;
        }
    }

    /** How much may be written now without blocking; zero if the other side does not read on. */
    private int awaitRoom(int wanted) throws IOException {
        if (!patience.isRoom(unread, wanted)) {
            unread = fifo.unreadBytes();
            patience.begin();
            while (!patience.isRoom(unread, wanted)) {
                if (!patience.goesOn()) {
                    return 0;
                }
                unread = fifo.unreadBytes();
            }
            patience.rewarded();
        }
        return windowBytes - unread;
    }

    private void enqueue(long start, int length, ByteBuffer... parts) {
        try {
            queue.add(start, length, parts);
            if (gathers && written == sent - 1 && queue.keep()) {
                // SYNC: see written().
                written = sent;
            }
            pace.kept();
            if (!busy) {
                turnToThread();
            } else if (resting && queue.hasEnough()) {
                resting = false;
                LockSupport.unpark(thread);
            }
        } catch (Throwable t) {
            // No memory: a frame is missing now, so there can be no more.
            link.fail(t);
        }
    }

    private void turnToThread() {
        busy = true;
        threadsTurn = true;
        if (thread != null) {
            notifyAll();
            return;
        }
        try {
            thread = PipeThreads.start(threadName, this::writeQueued);
        } catch (Throwable t) {
            link.fail(t);
        }
    }

    private void writeQueued() {
        try {
            FrameQueue.Batch batch = queue.batch();
            for (Step step = next(batch); step != Step.END; step = next(batch)) {
                if (step == Step.REST) {
                    rest();
                    continue;
                }
                fifo.writeBlocking(batch.gather());
                // Counted at the next need: much of it may have been read since.
                unread = windowBytes;
                given += batch.frames();
                if (advanceTo(given)) {
                    link.progressed();
                }
            }
        } catch (Throwable t) {
            link.fail(t);
        }
    }

    private synchronized boolean advanceTo(long position) {
        if (position <= written) {
            return false; // all of it was kept
        }
        // SYNC: see written().
        written = position;
        return true;
    }

    /** What the writer thread does next. Ends its turn when nothing is queued and frames do not gather, and waits for its next one. */
    private synchronized Step next(FrameQueue.Batch batch) throws InterruptedException {
        while (!closed) {
            if (threadsTurn && pace.gathers() && !rested && !queue.hasEnough()) {
                resting = true;
                return Step.REST;
            }
            rested = false;
            if (threadsTurn && !queue.isEmpty()) {
                queue.moveTo(batch);
                return Step.WRITE;
            }
            if (threadsTurn && !pace.gathers()) {
                threadsTurn = false;
                busy = false;
            }
            if (!threadsTurn) {
                wait();
            }
        }
        return Step.END;
    }

    /** Lets frames gather for a tick. */
    private void rest() {
        LockSupport.parkNanos(this, TICK_NANOS);
        synchronized (this) {
            resting = false;
            rested = true;
            pace.tick();
        }
    }

    private void closeFifo() {
        try {
            fifo.close();
        } catch (IOException e) {
            // Nothing was buffered here, and the descriptor is gone.
        }
    }
}
