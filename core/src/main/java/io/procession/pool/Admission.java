package io.procession.pool;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;

/**
 * Counts the tasks of a pool with room for so many, and makes those who bring more wait. Each answer wakes one of them, so thousands who wait cost no more
 * than one.
 */
final class Admission {
    private final String pool;
    private final int maxQueued;
    private final WhenFull whenFull;
    private final IntSupplier workers;

    /** Fair: who waits longer comes first. */
    private final Semaphore room;

    /** For how many workers there is room; guarded by this. */
    private int granted;

    private volatile boolean closed;

    /**
     * @param workers how many there are, each of which has room for one more
     */
    Admission(PoolSettings settings, IntSupplier workers) {
        this.pool = settings.name;
        this.maxQueued = settings.maxQueued;
        this.whenFull = settings.whenFull;
        this.workers = workers;
        this.granted = settings.workers;
        this.room = new Semaphore(maxQueued + granted, true);
    }

    /**
     * Makes room for a task, for which {@link #leave} must be called when it is answered or was not accepted.
     *
     * @return false if the caller is to run it
     * @throws RejectedExecutionException if there is none
     */
    boolean enter() {
        grow();
        if (room.tryAcquire()) {
            return true;
        }
        switch (whenFull) {
            case CALLER_RUNS:
                return false;
            case REJECT:
                throw new RejectedExecutionException("pool " + pool + " is full: " + maxQueued
                        + " tasks wait for a worker, which is what maxQueued allows");
            default:
                await();
                return true;
        }
    }

    void leave() {
        room.release();
    }

    /** Who waits is told; nobody waits any more. Idempotent. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        room.release(Integer.MAX_VALUE / 2); // the pool itself refuses from now on
    }

    private void await() {
        try {
            ForkJoinPool.managedBlock(new Wait());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while waiting for room in pool " + pool, e);
        }
        if (closed) {
            leave();
            throw new RejectedExecutionException("pool " + pool + " was closed while a task waited for room in it");
        }
    }

    /** A pool that was made larger has more room, one that was made smaller has less as soon as it is free. */
    private synchronized void grow() {
        int now = workers.getAsInt();
        if (now > granted) {
            room.release(now - granted);
            granted = now;
        }
        while (now < granted && room.tryAcquire()) {
            granted--;
        }
    }

    /** A wait of which a fork-join pool knows: a stage that brings tasks does not keep others from running. */
    private final class Wait implements ForkJoinPool.ManagedBlocker {
        private boolean acquired;

        @Override
        public boolean block() throws InterruptedException {
            if (!acquired) {
                room.acquire();
                acquired = true;
            }
            return true;
        }

        @Override
        public boolean isReleasable() {
            acquired = acquired || room.tryAcquire();
            return acquired;
        }
    }
}
