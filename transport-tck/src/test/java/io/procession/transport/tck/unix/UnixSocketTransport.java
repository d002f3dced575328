package io.procession.transport.tck.unix;

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

/** The transport {@code unix}. */
public final class UnixSocketTransport implements Transport {
    static final String ID = "unix";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public LinkListener listen(TransportSite site, LinkAcceptor acceptor) throws IOException {
        return UnixSocketListener.open(site, acceptor);
    }

    @Override
    public Link connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        if (!address.transport().equals(ID)) {
            throw new IllegalArgumentException(address + " is not an address of transport " + ID);
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before connecting to " + address);
        }
        return new UnixSocketConnect(address, site, handler).await(timeout);
    }

    static Thread start(TransportSite site, String role, Runnable body) {
        Thread thread = new Thread(body, site.name() + "-unix-" + role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
