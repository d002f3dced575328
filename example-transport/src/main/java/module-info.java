/** The transport {@code unix}: links over Unix-domain sockets. */
module com.example.transport.unix {
    requires static org.jspecify;
    requires transitive io.procession.core;

    exports com.example.transport.unix;

    provides io.procession.transport.Transport with
            com.example.transport.unix.UnixTransport;
}
