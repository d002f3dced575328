package io.procession.pool;

import io.procession.internal.codec.Encoded;
import java.util.concurrent.atomic.AtomicLong;

/** The function of a map call: encoded once, sent once to each worker that needs it, so that a chunk costs its items only. */
final class MappedFunction {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final Encoded encoded;

    /** Whether its map has ended, and no more tasks of it are to come. Guarded by the scheduler's lock. */
    boolean ended;

    MappedFunction(Encoded encoded) {
        this.encoded = encoded;
    }

    long id() {
        return id;
    }

    Encoded encoded() {
        return encoded;
    }
}
