/** The transport {@code pipe}: links over POSIX named pipes (FIFOs). */
module io.procession.transport.pipe {
    requires static org.jspecify;
    requires transitive io.procession.core;

    exports io.procession.transport.pipe;

    provides io.procession.transport.Transport with
            io.procession.transport.pipe.PipeTransport;
}
