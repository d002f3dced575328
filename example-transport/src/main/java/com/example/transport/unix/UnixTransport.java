package com.example.transport.unix;

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
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The transport {@code unix}: stream sockets in the file system, between processes of one host.
 *
 * <p>Who may connect is decided by the private directory, which only its user can enter; the greeting only tells a peer that speaks this language from one that
 * does not. The end of a process, however it ended, ends its links at once; what it had handed to the kernel still arrives. A link costs a descriptor and two
 * threads.
 *
 * <p>Needs Java 16 and a system with Unix-domain sockets: Linux, macOS, Windows 10 and newer. Tried on Linux.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class UnixTransport implements Transport {
    static final String ID = "unix";

    /** Creates the provider; does nothing else. */
    public UnixTransport() {}

    @Override
    public String id() {
        return ID;
    }

    // region availability
    @Override
    public Availability availability() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
            return Availability.available();
        } catch (UnsupportedOperationException e) {
            return Availability.refused("this system has no Unix-domain sockets; use the transport pipe or socket");
        } catch (IOException e) {
            return Availability.refused(
                    "no Unix-domain socket can be opened (" + e.getMessage() + "); use the transport pipe or socket");
        }
    }
    // endregion

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public LinkListener listen(TransportSite site, LinkAcceptor acceptor) throws IOException {
        requireNonNull(site, "site");
        requireNonNull(acceptor, "acceptor");
        return UnixListener.open(site, acceptor);
    }

    @Override
    public Link connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        requireNonNull(address, "address");
        requireNonNull(site, "site");
        requireNonNull(handler, "handler");
        if (!address.transport().equals(ID)) {
            throw new IllegalArgumentException(address + " is not an address of transport " + ID);
        }
        Transport.checkTimeout(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before connecting to " + address);
        }
        return new ConnectAttempt(address, site, handler).await(timeout);
    }

    static Thread start(TransportSite site, String role, Runnable body) {
        Thread thread = new Thread(body, site.name() + "-unix-" + role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
