package io.procession.pool;

import io.procession.internal.codec.Encoded;
import java.util.concurrent.atomic.AtomicLong;

/** The function of a map call: encoded once, sent once to each worker that needs it, so that a chunk costs its items only. */
record MappedFunction(long id, Encoded encoded) {
    private static final AtomicLong IDS = new AtomicLong();

    MappedFunction(Encoded encoded) {
        this(IDS.incrementAndGet(), encoded);
    }
}
