/** The transport {@code shm}: links through memory that two processes map. */
module io.procession.transport.shm {
    requires static org.jspecify;
    requires transitive io.procession.core;

    exports io.procession.transport.shm;

    provides io.procession.transport.Transport with
            io.procession.transport.shm.ShmTransport;
}
