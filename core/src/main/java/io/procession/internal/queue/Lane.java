package io.procession.internal.queue;

import io.procession.internal.family.CommitSlot;
import org.jspecify.annotations.Nullable;

/**
 * One call for items at a time, and the commit slot that tells what became of them. Guarded by the lock of {@link Takers}.
 *
 * <p>The slot holds the number of the last call whose items were taken for good. As a lane asks anew only when its last items are committed or given back, that one
 * number tells the host all it must know after a death.
 */
final class Lane {
    final CommitSlot slot;
    private long call;
    private @Nullable Taker bound;
    private boolean cancelled;

    Lane(CommitSlot slot) {
        this.slot = slot;
    }

    long call() {
        return call;
    }

    /** For whom it asks; null if for whoever waits first. */
    @Nullable
    Taker bound() {
        return bound;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void begin(long newCall, @Nullable Taker taker) {
        call = newCall;
        bound = taker;
        cancelled = false;
    }

    void cancel() {
        cancelled = true;
    }
}
