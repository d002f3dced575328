package io.procession.internal.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Listening;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.Hosting;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How other processes reach a queue of this one: nobody listens before somebody wants to know. Safe for all threads. */
final class Doorplate {
    private final Hosting hosting;
    private final @Nullable String transportId;
    private final String resolver;
    private @Nullable Listening listening; // from the first handle on; guarded by this
    private boolean deaf; // guarded by this

    Doorplate(Hosting hosting, @Nullable String transportId, String resolver) {
        this.hosting = hosting;
        this.transportId = transportId;
        this.resolver = resolver;
    }

    /** The handle of an object; throws {@link IllegalStateException} if it has ended. To listen can take long. */
    synchronized Handle handle(long objectId, @Nullable Ending ending) {
        if (ending != null || deaf) {
            throw new IllegalStateException("the queue " + Ending.CLOSED_BY_OWNER.text());
        }
        try {
            if (listening == null) {
                listening = hosting.connections().listen(transportId);
            }
            return new Handle(
                    resolver, listening.address(), hosting.connections().self().incarnation(), objectId);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the queue cannot be offered to other processes: " + failure.getMessage(), failure);
        }
    }

    void close() {
        Listening lease;
        synchronized (this) {
            lease = listening;
            deaf = true;
        }
        if (lease != null) {
            lease.close();
        }
    }
}
