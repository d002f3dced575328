package io.procession.transport.shm.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MemoryQueue} on which threads wait. While nobody sleeps, nothing here costs a system call; a process that is woken costs one write to its FIFO. Safe for all threads; waiting can be interrupted, and has
 * then put, or taken, nothing.
 */
final class WaitingQueue implements AutoCloseable {
    /**
     * What came of a take.
     *
     * @param item null if there is none any more
     * @param end why not: {@code SHUT} or {@code ENDED}
     */
    record Take(@Nullable Taken item, MemoryQueue.@Nullable Put end) {}

    /** Somebody may have been stopped, or have died, in the instant between a ring and the answer to it. */
    private static final long LOOK_NANOS = 1_000_000_000;

    private final MemoryQueue queue;
    private final long lookNanos;
    private final AtomicLong looked = new AtomicLong(System.nanoTime());
    private final Turnstile takers;
    private final Turnstile putters;
    private final Inboxes inboxes;
    private final Runnable onRing = this::rung;
    private final IntConsumer ring = this::ringAt; // made now, for there may be no memory when an item has been claimed
    private volatile boolean listens; // from the first sleep on
    private volatile boolean left;

    WaitingQueue(MemoryQueue queue, Inboxes inboxes) {
        this(queue, inboxes, LOOK_NANOS);
    }

    WaitingQueue(MemoryQueue queue, Inboxes inboxes, long lookNanos) {
        this.queue = queue;
        this.inboxes = inboxes;
        this.lookNanos = lookNanos;
        this.takers = new Turnstile(queue.takers, queue.me(), this::ringOnTakers, lookNanos);
        this.putters = new Turnstile(queue.putters, queue.me(), this::ringOnPutters, lookNanos);
    }

    /**
     * Puts an item.
     *
     * @param nanos how long to wait for room at most
     * @return {@code FULL} if it was too short
     */
    MemoryQueue.Put put(List<ByteBuffer> item, long nanos) throws InterruptedException, IOException {
        MemoryQueue.Put put = left ? MemoryQueue.Put.ENDED : queue.offer(item);
        if (put == MemoryQueue.Put.FULL && nanos > 0) {
            listen();
            put = putters.await(look -> tryPut(item, look), nanos);
        } else if (put == MemoryQueue.Put.FULL) {
            lookNowAndThen();
        }
        if (put == MemoryQueue.Put.DONE) {
            ring(queue.takers);
        }
        return put == null ? MemoryQueue.Put.FULL : put;
    }

    /**
     * Takes an item; it is to be committed or given back.
     *
     * @param nanos how long to wait for one at most
     * @return null if it was too short
     */
    @Nullable
    Take take(long nanos) throws InterruptedException, IOException {
        Take take = tryTake(Turnstile.Look.QUICK);
        if (take == null && nanos > 0) {
            listen();
            take = takers.await(this::tryTake, nanos);
        } else if (take == null && lookNowAndThen()) {
            take = tryTake(Turnstile.Look.BEFORE_SLEEP);
        }
        if (queue.isBounded() && take != null && take.item != null) {
            ringForRoom();
        }
        return take;
    }

    /** Takes an item for good, as {@link Taken#commit}; those who wait are told if it was the last that ever comes. */
    boolean commit(Taken item) {
        boolean mine = item.commit();
        try {
            if (queue.mayBeDry() && queue.isDry()) {
                ringAll();
            }
        } catch (RuntimeException | Error unable) {
            // Such as no memory to map a further file of cells. The item is taken all the same, and who sleeps looks by
            // himself after a silence.
        }
        return mine;
    }

    /** Gives an item back, for others who wait. */
    void giveBack(Taken item) {
        item.giveBack();
        ring(queue.takers);
    }

    /** Lets nothing more be put, and tells who waits. */
    void shutDown() {
        queue.shutDown();
        ringAll();
    }

    /** As {@link #shutDown}, and nothing more is taken. */
    void shutDownNow() {
        queue.shutDownNow();
        ringAll();
    }

    long size() {
        return queue.size();
    }

    Bound bound() {
        return queue.bound();
    }

    boolean hasEnded() {
        return queue.hasEnded();
    }

    /** To be called when a process has died; whoever waits longer than a second calls it for himself. Whether one was found. */
    boolean recoverDead() {
        boolean found = queue.recoverDead(inboxes::bury);
        if (found) {
            ringAll(); // the dead may have been rung for something, and could not ring on
        }
        return found;
    }

    /**
     * Looks, if that is long ago, for the dead and for what they have left unsaid: where nobody ever sleeps for long there is no silence that would be a reason to. Whether something was found.
     */
    private boolean lookNowAndThen() {
        long last = looked.get();
        long now = System.nanoTime();
        if (now - last < lookNanos || !looked.compareAndSet(last, now)) {
            return false;
        }
        boolean found = queue.noticeShutdown();
        if (found) {
            ringAll();
        }
        return recoverDead() || found;
    }

    /** This process is done with the queue: who waits here is told that it has ended, and who comes later. */
    void leave() {
        left = true;
        inboxes.ignore(onRing);
        takers.ring();
        putters.ring();
        queue.trim();
    }

    /** As {@link MemoryQueue#close}, and tells who waits. */
    @Override
    public void close() {
        queue.end();
        ringAll();
        leave();
        queue.close();
    }

    /** Removes the files; who has the queue keeps it. */
    void remove() {
        queue.remove();
    }

    private MemoryQueue.@Nullable Put tryPut(List<ByteBuffer> item, Turnstile.Look look) throws IOException {
        MemoryQueue.Put put = left ? MemoryQueue.Put.ENDED : queue.offer(item);
        if (put == MemoryQueue.Put.FULL && look == Turnstile.Look.BEFORE_SLEEP) {
            lookNowAndThen();
        }
        if (put == MemoryQueue.Put.FULL && look == Turnstile.Look.AFTER_SILENCE) {
            recoverDead();
            put = queue.isOrphan() ? MemoryQueue.Put.ENDED : put;
        }
        return put == MemoryQueue.Put.FULL ? null : put;
    }

    private @Nullable Take tryTake(Turnstile.Look look) throws IOException {
        if (look == Turnstile.Look.AFTER_SILENCE) {
            recoverDead();
        } else if (look == Turnstile.Look.BEFORE_SLEEP) {
            lookNowAndThen();
        }
        Taken item = left || queue.hasEnded() ? null : queue.poll(look != Turnstile.Look.QUICK);
        if (item != null) {
            return taken(item);
        }
        if (left || queue.hasEnded() || (look == Turnstile.Look.AFTER_SILENCE && queue.isOrphan())) {
            return new Take(null, MemoryQueue.Put.ENDED);
        }
        return (look != Turnstile.Look.QUICK || queue.mayBeDry()) && queue.isDry()
                ? new Take(null, MemoryQueue.Put.SHUT)
                : null;
    }

    private Take taken(Taken item) {
        try {
            return new Take(item, null);
        } catch (Throwable t) {
            giveBack(item);
            throw t;
        }
    }

    private void ringOnTakers() {
        if (queue.size() > 0) {
            ring(queue.takers);
        }
    }

    /** Only if there is room: two who find none would else wake each other for as long as it is so. */
    private void ringOnPutters() {
        if (!queue.bound().isInBytes() && queue.hasRoom()) {
            ring(queue.putters);
        }
    }

    /**
     * Room for an item is for any of those who wait. Room in bytes may be for none but the last of them: each looks for himself, and nobody rings on.
     */
    private void ringForRoom() {
        if (queue.bound().isInBytes()) {
            queue.putters.chooseAll(ring);
        } else {
            ring(queue.putters);
        }
    }

    private void ringAll() {
        queue.takers.chooseAll(ring);
        queue.putters.chooseAll(ring);
    }

    private void ring(Sleepers sleepers) {
        int owner = sleepers.chooseOne();
        while (owner != 0 && !ringAt(owner)) {
            owner = sleepers.chooseOne(); // the one was dead
        }
    }

    /** Does not fail: what the ring tells of has happened, and who rings must not be told that it has not. */
    private boolean ringAt(int owner) {
        try {
            if (owner == queue.me()) {
                rung();
                return true;
            }
            return inboxes.ring(queue.incarnation(owner));
        } catch (IOException | RuntimeException | Error unable) {
            return false;
        }
    }

    /** Somebody has rung at this process: was it for this queue? */
    private void rung() {
        if (queue.takers.isAwake(queue.me())) {
            takers.ring();
        }
        if (queue.putters.isAwake(queue.me())) {
            putters.ring();
        }
    }

    private void listen() throws IOException {
        if (!listens) {
            inboxes.listen(onRing);
            listens = true;
            if (left) {
                inboxes.ignore(onRing);
            }
        }
    }
}
