package io.procession.internal.connection;

import io.procession.transport.TransportAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lease of this process's listener: while it is open, other processes can connect. From {@link Connections#listen}; safe for all threads. */
public final class Listening implements AutoCloseable {
    private final Connections owner;
    private final TransportAddress address;
    private final AtomicBoolean closed = new AtomicBoolean();

    Listening(Connections owner, TransportAddress address) {
        this.owner = owner;
        this.address = address;
    }

    /**
     * Where this process is reached.
     *
     * @return the address, valid while the lease is open
     */
    public TransportAddress address() {
        return address;
    }

    /** Gives the lease back. Idempotent; does not end connections. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            owner.release(this);
        }
    }
}
