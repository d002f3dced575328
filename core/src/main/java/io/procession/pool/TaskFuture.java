package io.procession.pool;

import io.procession.internal.child.Callbacks;
import io.procession.internal.pool.TimeText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The future of a submitted task.
 *
 * <p>An answer comes in on an I/O thread, which must not run code of the user, and decoding an answer or running a dependent stage
 * may. So the I/O thread only stores the encoded answer. If a thread waits in {@code get} or {@code join} it is woken and decodes on its
 * own time; otherwise the callback executor does, at once if a stage depends on it, else together with others ({@link Settlement}). Whoever asks whether it is
 * done settles it on the spot. Either way {@link #settle()} completes the future exactly once.
 */
final class TaskFuture<R extends @Nullable Object> extends CompletableFuture<R> implements PoolTask.Receiver {
    private static final VarHandle WAITING;
    private static final VarHandle CLAIMED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WAITING = lookup.findVarHandle(TaskFuture.class, "waiting", int.class);
            CLAIMED = lookup.findVarHandle(TaskFuture.class, "claimed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Who waits no longer than that is not kept from the end of his time. */
    private static final long BRIEF_NANOS = 1_000_000;

    private final Executor callbacks;
    private final Settlement settlement;
    private final Origin origin;
    private volatile @Nullable Answer answer;

    /** Opens when there is an answer, or somebody completed this future by hand. */
    private final CountDownLatch arrival = new CountDownLatch(1);

    /** How many threads are in {@link #awaitArrival}; each of them sees to it that a stored answer is settled. */
    @SuppressWarnings("unused") // through WAITING
    private volatile int waiting;

    @SuppressWarnings("unused") // through CLAIMED
    private volatile boolean claimed;

    /** Where the answer comes from. */
    interface Origin {
        /** The future was cancelled: ends the task. */
        void cancelled(TaskFuture<?> future, boolean mayInterruptIfRunning);

        /** The worker that works for this future alone, if there is one. */
        default @Nullable WorkerPort worker() {
            return null;
        }
    }

    TaskFuture(Origin origin) {
        this(Callbacks.EXECUTOR, Settlement.OF_ALL, origin);
    }

    TaskFuture(Executor callbacks, Settlement settlement, Origin origin) {
        this.callbacks = callbacks;
        this.settlement = settlement;
        this.origin = origin;
    }

    @Override
    public void answered(Answer received, long workNanos) {
        answer = received;
        // SYNC: the volatile store of answer above, then the volatile load of waiting here, pair with the increment of
        // waiting and the
        // later load of answer in awaitArrival(): at least one of the two sees the other, so somebody settles.
        try {
            if (waiting > 0) {
                return;
            }
            if (getNumberOfDependents() > 0) {
                callbacks.execute(this::settle);
            } else {
                settlement.add(this);
            }
        } catch (RuntimeException | Error noThread) {
            settle(); // on a thread that is meant for other things, but never not at all
        } finally {
            arrival.countDown();
        }
    }

    /** Completes this future on a thread that does the same for others: not if a stage depends on it, which may take its time. */
    void settleForOthers() {
        if (getNumberOfDependents() > 0) {
            try {
                callbacks.execute(this::settle);
                return;
            } catch (RuntimeException | Error noThread) {
                // here, then: who depends on it would never be told
            }
        }
        settle();
    }

    /** If there is an answer: completes this future on this thread, which is the user's and has asked for it. */
    private void settleHere() {
        if (answer != null && !super.isDone()) {
            settleForOthers();
        }
    }

    /** Completes this future on this thread, which is the user's. */
    void answeredHere(Answer given) {
        answer = given;
        settle();
        arrival.countDown();
    }

    /** Completes this future from the stored answer; does nothing if somebody else does or did. */
    private void settle() {
        Answer stored = answer;
        if (stored == null || !CLAIMED.compareAndSet(this, false, true)) {
            return;
        }
        try {
            if (stored instanceof Answer.Value value) {
                @SuppressWarnings("unchecked")
                R result = (R) value.decode();
                super.complete(result);
            } else if (stored instanceof Answer.Given given) {
                @SuppressWarnings("unchecked")
                R result = (R) given.value();
                super.complete(result);
            } else if (stored instanceof Answer.Thrown thrown) {
                super.completeExceptionally(thrown.decode());
            } else if (stored instanceof Answer.Lost lost) {
                super.completeExceptionally(lost.cause());
            }
        } catch (Throwable e) {
            super.completeExceptionally(e);
        }
    }

    /** Waits until there is an answer or somebody completed this future by hand; false if that took too long. */
    private boolean awaitArrival(long timeoutNanos) throws InterruptedException {
        if (super.isDone() && !Thread.currentThread().isInterrupted()) {
            return true; // stages see that a little before the arrival is told
        }
        WAITING.getAndAdd(this, 1);
        boolean arrived = false;
        try {
            arrived = await(timeoutNanos) || super.isDone();
            return arrived;
        } finally {
            WAITING.getAndAdd(this, -1);
            if (answer != null && !super.isDone()) {
                if (arrived) {
                    settleForOthers();
                } else {
                    callbacks.execute(this::settle);
                }
            }
        }
    }

    private boolean await(long timeoutNanos) throws InterruptedException {
        WorkerPort worker = timeoutNanos > BRIEF_NANOS ? origin.worker() : null;
        if (worker == null || Thread.currentThread().isInterrupted()) {
            return Arrival.await(arrival, timeoutNanos);
        }
        long begun = System.nanoTime();
        boolean arrived = worker.receiveHere(() -> arrival.getCount() == 0)
                || Arrival.await(arrival, timeoutNanos - (System.nanoTime() - begun));
        if (arrived) {
            worker.waited(System.nanoTime() - begun);
        }
        return arrived;
    }

    @Override
    public R get() throws InterruptedException, ExecutionException {
        awaitArrival(Long.MAX_VALUE);
        return super.get();
    }

    @Override
    public R get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        if (!awaitArrival(unit.toNanos(timeout))) {
            throw new TimeoutException(
                    "no result after " + TimeText.of(Duration.of(timeout, unit.toChronoUnit())) + "; the task goes on");
        }
        return super.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    @Override
    public R join() {
        boolean interrupted = false;
        while (true) {
            try {
                awaitArrival(Long.MAX_VALUE);
                break;
            } catch (InterruptedException e) {
                interrupted = true; // join is not interruptible; the status is restored below
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return super.join();
    }

    @Override
    public boolean isDone() {
        settleHere();
        return super.isDone();
    }

    @Override
    public boolean isCompletedExceptionally() {
        settleHere();
        return super.isCompletedExceptionally();
    }

    @Override
    public R getNow(R valueIfAbsent) {
        settleHere();
        return super.getNow(valueIfAbsent);
    }

    // Completion by the user: threads in awaitArrival are not known to the superclass, so wake them here.

    @Override
    public boolean complete(R value) {
        boolean first = super.complete(value);
        arrival.countDown();
        return first;
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        boolean first = super.completeExceptionally(cause);
        arrival.countDown();
        return first;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean first = !isDone() && super.cancel(mayInterruptIfRunning);
        arrival.countDown();
        if (first) {
            origin.cancelled(this, mayInterruptIfRunning);
        }
        return isCancelled();
    }

    @Override
    public void obtrudeValue(R value) {
        super.obtrudeValue(value);
        arrival.countDown();
    }

    @Override
    public void obtrudeException(Throwable cause) {
        super.obtrudeException(cause);
        arrival.countDown();
    }

    @Override
    public CompletableFuture<R> completeAsync(Supplier<? extends R> supplier, Executor executor) {
        executor.execute(() -> {
            if (!isDone()) {
                try {
                    complete(supplier.get());
                } catch (Throwable e) {
                    completeExceptionally(e);
                }
            }
        });
        return this;
    }

    @Override
    public CompletableFuture<R> completeAsync(Supplier<? extends R> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    @Override
    public Executor defaultExecutor() {
        return callbacks;
    }
}
