package io.procession.pool;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a pool has come, from open to ended, and whether it still has something to do. Owns the one lock that guards the whole of a pool: what says "under
 * the lock" is called inside of {@link #act} or {@link #look}.
 */
final class PoolLife {
    private enum Phase {
        OPEN,
        /** Takes no tasks, finishes those it has. */
        CLOSING,
        /** Workers are gone or going; whatever waited has been answered. */
        ENDED
    }

    private final String name;
    private final WorkerLauncher launcher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Phase phase = Phase.OPEN;
    private @Nullable Throwable brokenBy;

    /** Whether parts of what was accepted before are refused, too. */
    private boolean stopped;

    /** How many threads wait for what may change with anything. */
    private int watching;

    /** Tasks, and maps, that were accepted and have not ended. */
    private int unfinished;

    PoolLife(String name, WorkerLauncher launcher) {
        this.name = name;
        this.launcher = launcher;
    }

    /** Decides under the lock, then does what was decided. */
    void act(Consumer<Effects> decision) {
        Effects effects = new Effects();
        lock.lock();
        try {
            decision.accept(effects);
            if (watching > 0 || isDone()) { // not at each answer: who waits for the end would be woken for nothing
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        effects.run();
    }

    /** Asks for something under the lock. */
    <T> T look(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: whether it takes new tasks. */
    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Under the lock: whether there is or may be work for workers. */
    boolean needsWorkers() {
        return phase == Phase.OPEN || (phase == Phase.CLOSING && unfinished > 0);
    }

    /** Under the lock: whether everything has been answered and nothing is run any more. */
    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** Under the lock: whether it takes no more tasks, and has none. */
    boolean isDone() {
        return phase != Phase.OPEN && unfinished == 0;
    }

    /**
     * Under the lock: something is accepted, or refused.
     *
     * @param before whether it is a part of something that was accepted before, and has not ended
     */
    void accept(boolean before) {
        boolean part = phase == Phase.CLOSING && before && unfinished > 0; // else the workers are going already
        if (phase != Phase.OPEN && !part) {
            throw rejected();
        }
        if (stopped) {
            throw new CancellationException("pool " + name + " was shut down at once");
        }
        if (unfinished++ == 0) {
            launcher.busy();
        }
    }

    RejectedExecutionException rejected() {
        Throwable cause = brokenBy;
        return cause == null
                ? new RejectedExecutionException("pool " + name + " is closed and takes no more tasks")
                : new BrokenPoolException(name, cause);
    }

    /** Under the lock: so many things that were accepted have ended; true if the last of a pool that takes no more was among them. */
    boolean finished(int count) {
        unfinished -= count;
        if (unfinished == 0) {
            launcher.idle();
        }
        return isDone();
    }

    /** Under the lock: no more is accepted. */
    void close() {
        if (phase == Phase.OPEN) {
            phase = Phase.CLOSING;
        }
    }

    /** Under the lock: no more is accepted, not even parts of what was accepted before. */
    void stop() {
        close();
        stopped = true;
    }

    /** Under the lock: nothing is run any more. */
    void end() {
        phase = Phase.ENDED;
    }

    /** Under the lock: the reason why nothing is run any more. */
    void breakBy(Throwable cause) {
        brokenBy = cause;
        end();
    }

    /**
     * Waits until a pool that takes no more has nothing left.
     *
     * @param left whether there is something left beside tasks; asked under the lock
     */
    boolean awaitEnd(@Nullable Duration timeout, BooleanSupplier left) throws InterruptedException {
        long nanos = timeout == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (!isDone() || left.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = timeout == null ? awaitChange() : changed.awaitNanos(nanos);
            }
            end();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private long awaitChange() throws InterruptedException {
        changed.await();
        return Long.MAX_VALUE;
    }

    /** Waits while something holds, which is asked under the lock; not longer than that, and not after an interrupt, which is kept. */
    void awaitWhile(BooleanSupplier holds, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        watching++;
        try {
            while (left > 0 && holds.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watching--;
            lock.unlock();
        }
    }
}
