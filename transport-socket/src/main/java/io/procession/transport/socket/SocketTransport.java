package io.procession.transport.socket;

import static java.util.Objects.requireNonNull;

import io.procession.transport.Availability;
import io.procession.transport.Capability;
import io.procession.transport.Link;
import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The transport {@code socket}: TCP over the loopback interface, between processes of one host.
 *
 * <p>Who listens does so on an ephemeral port of 127.0.0.1 (of ::1 where there is no IPv4), never on another address, and takes part in nothing
 * before the other side has shown a pass: 256 random bits that only processes with access to the private directory can know, good for one connection.
 * The listener answers with 256 others, so nobody who has taken over its port is believed either.
 *
 * <p>A link is served by a thread of its own, in plain Java, where it was made, and so are the first eight that are open at once at a listener. More of them share the event loops of Netty, four
 * threads at most. A process that holds no more than eight loads no class of Netty: that would cost it more than all the rest of its start. A link with a thread of its own costs three descriptors,
 * one of Netty's one.
 *
 * <p>The end of a process ends its links at once, and what it had written still arrives. One exception lies in TCP: a process that is killed while bytes
 * wait for it that it has not read yet resets the connection, and what the other side's kernel had no room for at that moment is lost.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>
 */
public final class SocketTransport implements Transport {
    static final String ID = "socket";

    private final Limits limits;

    /** Creates the provider; does nothing else. */
    public SocketTransport() {
        this(Limits.USUAL);
    }

    SocketTransport(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Availability availability() {
        return Loopback.availability();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public LinkListener listen(TransportSite site, LinkAcceptor acceptor) throws IOException {
        requireNonNull(site, "site");
        requireNonNull(acceptor, "acceptor");
        return SocketListener.open(site, acceptor, limits, Refusals.logged());
    }

    @Override
    public Link connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        requireNonNull(address, "address");
        requireNonNull(site, "site");
        requireNonNull(handler, "handler");
        Transport.checkTimeout(timeout);
        if (!address.transport().equals(ID)) {
            throw new IllegalArgumentException("not an address of the transport " + ID + ": " + address);
        }
        return ConnectAttempt.connect(address, site, handler, timeout);
    }
}
