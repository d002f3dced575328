package io.procession.queue;

import io.procession.internal.child.Callbacks;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.queue.Delivery;
import io.procession.internal.queue.QueueEngine;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An item that will be taken. Once it is being taken nobody else completes this, and once somebody is about to complete it nothing is taken: or the item would be lost. */
final class TakeFuture<T extends @Nullable Object> extends CompletableFuture<T> implements QueueEngine.Later {
    private final FamilyQueue<T> queue;
    // All guarded by this.
    private QueueEngine.@Nullable Pending pending;
    private boolean taking;
    private boolean givenUp;

    TakeFuture(FamilyQueue<T> queue) {
        this.queue = queue;
    }

    void begin(QueueEngine engine) {
        QueueEngine.Pending begun = engine.takeLater(this);
        synchronized (this) {
            pending = begun;
        }
    }

    @Override
    public void served(Delivery delivery) {
        try {
            Callbacks.EXECUTOR.execute(() -> take(delivery));
        } catch (Throwable noThread) {
            if (isTaken()) {
                return; // one that there was already has it
            }
            throw noThread;
        }
    }

    /** Whether it was begun to take the item, which if not does not begin any more: an executor that fails to start a thread may yet keep what it was given, and find another. */
    private synchronized boolean isTaken() {
        givenUp |= !taking;
        return taking;
    }

    @Override
    public void failed(Exception why) {
        Throwable told = why instanceof ObjectEndedException ended ? FamilyQueue.told(ended.ending()) : why;
        Callbacks.EXECUTOR.execute(() -> completeExceptionally(told));
    }

    private void take(Delivery delivery) {
        try {
            if (!mayTake()) {
                delivery.commit(0);
                return;
            }
            super.complete(queue.first(delivery));
        } catch (ObjectEndedException ended) {
            super.completeExceptionally(FamilyQueue.told(ended.ending()));
        } catch (RuntimeException | Error failure) {
            super.completeExceptionally(failure);
        }
    }

    @Override
    public boolean complete(T value) {
        return mayGiveUp() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return mayGiveUp() && super.completeExceptionally(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return mayGiveUp() && super.cancel(mayInterruptIfRunning);
    }

    private synchronized boolean mayTake() {
        taking = !givenUp && !isDone();
        return taking;
    }

    /** Whether the item is not being taken; then it is not asked for any more, and given back if it comes. */
    private boolean mayGiveUp() {
        QueueEngine.Pending asked;
        synchronized (this) {
            if (taking) {
                return false;
            }
            givenUp = true; // said before the future is done, in between which the item may come
            asked = pending;
        }
        if (asked != null) {
            asked.cancel();
        }
        return true;
    }
}
