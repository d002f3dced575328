package io.procession.internal.pool;

import io.procession.internal.codec.Encoded;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Kind;
import io.procession.internal.connection.Sent;
import io.procession.internal.family.StatusPage;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Results of very short tasks on their way to the pool. To send each by itself costs several times what such a task does: a system call here, a thread woken
 * there. So while more tasks wait, results are held in the status page, from where the pool takes them if this process dies, and are sent many at a time.
 *
 * <p>Held results belong to the task thread, and to a thread that sends them when the task thread is kept from it by a task that is not so short after all.
 * Both hold the monitor.
 */
final class HeldResults {
    /** About half of what a pool sends ahead, so that it can send the next while this process works on the others. */
    private static final int MOST = 32;

    /** A larger result is worth a message of its own. */
    private static final int MAX_BYTES = 256;

    private static final int CAPACITY_BYTES = StatusPage.maxHeldBytes();

    /** Longer tasks are worth a message each. */
    private static final long SHORT_NANOS = 20_000;

    /** So many short tasks one after the other say that the next will be short. */
    private static final int IN_A_ROW = 8;

    /** How long the first of them is held while short tasks run. */
    private static final long HELD_NANOS = 100_000;

    /** How long the first of them is held at least before another thread sends it. */
    private static final long PATIENCE_MILLIS = 1;

    private final Connection pool;
    private final StatusPage page;
    private final ByteBuffer part = ByteBuffer.allocate(MAX_BYTES + 2 * TaskMessages.PART_HEAD_BYTES);
    private final byte[] held = new byte[CAPACITY_BYTES];

    // Of the task thread.
    private int shortInARow;

    // Guarded by this.
    private int bytes;
    private int count;
    private long firstNanos;
    private boolean guarded;
    private boolean guardRests;

    HeldResults(Connection pool, StatusPage page) {
        this.pool = pool;
        this.page = page;
    }

    /**
     * Holds a result, if that is worth it. For the task thread.
     *
     * @param more whether the next task is there
     * @return false if it is to be sent, after what is held
     */
    boolean hold(long task, ByteBuffer head, Encoded result, long nanos, boolean more) {
        shortInARow = nanos < SHORT_NANOS ? shortInARow + 1 : 0;
        if (!more || shortInARow < IN_A_ROW) {
            return false;
        }
        if (result.sizeBytes() > MAX_BYTES || !result.shapes().isEmpty()) {
            return false;
        }
        part.clear();
        TaskMessages.putPart(part, task, head, result);
        part.flip();
        long now = System.nanoTime();
        synchronized (this) {
            if (count > 0
                    && (count >= MOST || now - firstNanos > HELD_NANOS || bytes + part.remaining() > held.length)) {
                return false;
            }
            if (!isGuarded()) {
                return false;
            }
            add(now);
        }
        return true;
    }

    private void add(long now) {
        int size = part.remaining();
        part.get(part.position(), held, bytes, size);
        page.hold(bytes, part);
        bytes += size;
        if (count++ == 0) {
            firstNanos = now;
            if (guardRests) {
                notifyAll();
            }
        }
    }

    /** Sends what is held, and waits until it is in the kernel. */
    synchronized void flush() {
        if (count == 0) {
            return;
        }
        Sent sent = pool.send(Kind.RESULTS, 0, ByteBuffer.wrap(held, 0, bytes).slice());
        if (awaitWritten(sent)) { // else the pool takes them from the page
            page.releaseHeld();
        }
        count = 0;
        bytes = 0;
    }

    /**
     * Waits until a message is in the kernel.
     *
     * @return false if the pool is gone; the inbox is being closed and ends the loop
     */
    static boolean awaitWritten(Sent sent) {
        if (sent.isWritten()) {
            return true;
        }
        while (true) {
            try {
                sent.await();
                return true;
            } catch (InterruptedException e) {
                // Meant for a task that has ended: nobody waits for that, and the next task must not see it.
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Whether somebody looks after what is held while the task thread is busy; without, nothing is held. */
    private boolean isGuarded() {
        if (!guarded) {
            try {
                Thread thread = new Thread(this::watch, "procession-results");
                thread.setDaemon(true);
                thread.start();
                guarded = true;
            } catch (RuntimeException | Error noThread) {
                return false;
            }
        }
        return true;
    }

    private synchronized void watch() {
        while (true) {
            try {
                long seen = firstNanos;
                if (count == 0) {
                    guardRests = true;
                    wait();
                    guardRests = false;
                } else {
                    wait(PATIENCE_MILLIS);
                    if (count > 0 && firstNanos == seen) {
                        flush();
                    }
                }
            } catch (InterruptedException e) {
                guardRests = false; // by code of the user that interrupts all threads: nobody does it again
            } catch (RuntimeException | Error noMemory) {
                // A task has taken it all. What is held is in the page, and is tried again.
            }
        }
    }
}
