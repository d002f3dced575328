package io.procession.internal.queue;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the puts of this process that are under way, and lets none begin once the queue is shut down. Safe for all threads. */
final class PutGate {
    private static final long SHUT = 1L << 62;

    private final AtomicLong state = new AtomicLong();

    /** Begins a put; false if none may begin any more. */
    boolean enter() {
        while (true) {
            long now = state.get();
            if ((now & SHUT) != 0) {
                return false;
            }
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Whether none may begin any more. */
    boolean isShut() {
        return (state.get() & SHUT) != 0;
    }

    /** Ends a put; true if it was the last ever. */
    boolean leave() {
        return state.decrementAndGet() == SHUT;
    }

    /** Lets none begin; true if none is under way. */
    boolean shut() {
        return state.updateAndGet(now -> now | SHUT) == SHUT;
    }
}
