/** The transport {@code socket}: links over loopback TCP, by Netty where many are held. */
module io.procession.transport.socket {
    requires static org.jspecify;
    requires transitive io.procession.core;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires org.slf4j;

    exports io.procession.transport.socket;

    uses org.slf4j.spi.SLF4JServiceProvider;

    provides io.procession.transport.Transport with
            io.procession.transport.socket.SocketTransport;
}
