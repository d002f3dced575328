package io.procession.transport;

/** An open place to which other processes connect. Safe for all threads. */
public interface LinkListener extends AutoCloseable {
    /**
     * Where this listener can be reached.
     *
     * @return the address for {@link Transport#connect}, valid until this listener closes
     */
    TransportAddress address();

    /**
     * Accepts no more links and removes what it left in the file system. Who waits to be accepted is refused, links that were accepted
     * live on. Idempotent, does not block for the other side.
     */
    @Override
    void close();
}
