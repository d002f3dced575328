package io.procession.pool;

import io.procession.internal.child.Callbacks;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Completes futures that have their answer and for which nobody is known to wait: many at a time, because to hand each to another thread costs more than all the
 * rest of a short task. Whoever asks such a future meanwhile settles it himself.
 *
 * <p>One thread has the turn. Code of the user may run on it all the same, and block: an object that is being decoded, a stage that was added at the last
 * moment. So somebody looks whether it goes on, and gives the turn to another thread if it does not.
 */
final class Settlement {
    /** Of all pools of this process. */
    static final Settlement OF_ALL = new Settlement(Callbacks.EXECUTOR, Chores.BACKGROUND);

    /** So long more of them are waited for, rather than to be woken for each. */
    private static final long LINGER_NANOS = 100_000;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Executor executor;
    private final Background background;
    private final Queue<TaskFuture<?>> futures = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Turn> turn = new AtomicReference<>();
    private final AtomicBoolean watching = new AtomicBoolean();

    Settlement(Executor executor, Background background) {
        this.executor = executor;
        this.background = background;
    }

    /** Completes a future soon. For any thread; does not block. */
    void add(TaskFuture<?> future) {
        futures.add(future);
        if (turn.get() == null) {
            begin(null);
        }
    }

    /** Begins a turn unless somebody else did. */
    private void begin(@Nullable Turn instead) {
        Turn mine = new Turn();
        if (!turn.compareAndSet(instead, mine)) {
            return;
        }
        if (watching.compareAndSet(false, true)) {
            background.later(LOOK_AGAIN, () -> look(mine, -1));
        }
        try {
            executor.execute(mine);
        } catch (RuntimeException | Error noThread) {
            mine.run(); // on a thread that is meant for other things, but never not at all
        }
    }

    /** Gives the turn to another thread if who has it had it before and has come no further. */
    private void look(@Nullable Turn seen, long done) {
        Turn now = turn.get();
        if (now != null && now == seen && now.done == done && !futures.isEmpty()) {
            begin(now);
            now = turn.get();
        }
        Turn next = now;
        if (next != null) {
            long reached = next.done;
            background.later(LOOK_AGAIN, () -> look(next, reached));
            return;
        }
        watching.set(false);
        // SYNC: a turn that began before this store was not watched; one that begins after it is.
        if (turn.get() != null && watching.compareAndSet(false, true)) {
            background.later(LOOK_AGAIN, () -> look(null, -1));
        }
    }

    private final class Turn implements Runnable {
        /** Written by the thread that has the turn. */
        volatile long done;

        @Override
        public void run() {
            while (settleAll()) {
                LockSupport.parkNanos(LINGER_NANOS);
            }
            // SYNC: pairs with add(), which puts a future there before it looks who has the turn: one of the two sees
            // the other.
            if (turn.compareAndSet(this, null) && !futures.isEmpty()) {
                begin(null);
            }
        }

        /** False if there were none, or another has the turn now. */
        @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread: others only read it
        private boolean settleAll() {
            boolean any = false;
            while (turn.get() == this) {
                TaskFuture<?> future = futures.poll();
                if (future == null) {
                    return any;
                }
                any = true;
                future.settleForOthers();
                done++;
            }
            return false;
        }
    }
}
