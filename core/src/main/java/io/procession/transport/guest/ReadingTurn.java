package io.procession.transport.guest;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a link: its reader thread, which sleeps in the kernel until something comes; or, for a moment, a guest: a thread that waits for just that and saves the
 * way over the reader thread, which costs two threads woken instead of one or none.
 *
 * <p>A thread that sleeps in a read cannot be asked to let another read. So a guest that comes too early leaves a wish, and the reader thread naps where it would have gone
 * to sleep, for as long as guests come: what arrives when the last has gone waits for two naps at most, of {@value #NAP_NANOS} ns and the time by which the system wakes late. Who sends
 * something that is answered to a thread that is no guest calls the reader thread back.
 *
 * <p>Safe for all threads, as each method says. What who has the turn did happens before what the next one does.
 */
public final class ReadingTurn {
    private static final long NAP_NANOS = 150_000;

    private enum Holder {
        READER,
        /** The reader thread naps. */
        NOBODY,
        GUEST
    }

    private final AtomicReference<Holder> holder = new AtomicReference<>(Holder.READER);
    private volatile boolean wished;
    /** Changes with each guest; written by guests, one at a time. */
    private volatile int guests;

    /** Somebody waits for an answer and is no guest. */
    private volatile boolean recalled;

    private volatile @Nullable Thread reader;

    /** Of the reader thread: what guests do not see, such as the end of the link, it sees only where it sleeps. */
    private boolean owesRead;

    /** The reader thread has the turn. */
    public ReadingTurn() {}

    /**
     * For the reader thread, when it would sleep in the kernel: lets guests read instead while they come.
     *
     * @return whether it did, so that there may be something to deliver; never twice without a read in between
     */
    public boolean offer() {
        if (owesRead || !wished) {
            owesRead = false;
            return false;
        }
        wished = false;
        owesRead = true;
        reader = Thread.currentThread();
        int seen = guests;
        // SYNC: what the reader thread has read so far happens before what the next guest reads, and the other way
        // round where it gets its turn back.
        giveAway();
        while (holder.get() != Holder.READER) {
            LockSupport.parkNanos(this, NAP_NANOS);
            if (guests == seen && holder.compareAndSet(Holder.NOBODY, Holder.READER)) {
                break; // nobody came
            }
            seen = guests;
        }
        return true;
    }

    /**
     * For a guest.
     *
     * @return true if it may read, and is to {@linkplain #leave leave} then; else it may after the reader thread's next turn
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by who has the turn
    public boolean enter() {
        if (holder.compareAndSet(Holder.NOBODY, Holder.GUEST)) {
            guests++;
            return true;
        }
        wished = true;
        return false;
    }

    /**
     * For a guest that has read.
     *
     * @param back whether the reader thread is to go on at once
     */
    public void leave(boolean back) {
        if (back) {
            holder.set(Holder.READER);
            LockSupport.unpark(reader);
        } else {
            giveAway();
        }
    }

    /** An answer will come for a thread that is no guest: the reader thread shall not nap. From any thread. */
    public void recall() {
        if (!recalled) {
            recalled = true;
        }
        takeBack();
    }

    private void giveAway() {
        holder.set(Holder.NOBODY);
        // SYNC: pairs with recall(), which sets the flag before it looks who has the turn: one of the two sees the
        // other.
        if (recalled) {
            takeBack();
        }
    }

    private void takeBack() {
        if (holder.compareAndSet(Holder.NOBODY, Holder.READER)) {
            recalled = false;
            LockSupport.unpark(reader);
        }
    }
}
