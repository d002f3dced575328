package io.procession.transport.tck.defects;

import io.procession.transport.Availability;
import io.procession.transport.Capability;
import io.procession.transport.Link;
import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.testing.InMemoryTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The transport in memory, seen through links and handlers that do one thing wrong. */
final class DefectiveTransport implements Transport {
    private final InMemoryTransport sound = new InMemoryTransport();
    private final @Nullable Defect defect;

    DefectiveTransport(@Nullable Defect defect) {
        this.defect = defect;
    }

    @Override
    public String id() {
        return sound.id();
    }

    @Override
    public Availability availability() {
        return sound.availability();
    }

    @Override
    public Set<Capability> capabilities() {
        return sound.capabilities();
    }

    @Override
    public LinkListener listen(TransportSite site, LinkAcceptor acceptor) {
        return sound.listen(site, link -> {
            DefectiveLink seen = new DefectiveLink(link, defect);
            return seen.around(acceptor.accept(seen));
        });
    }

    @Override
    public Link connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        DefectiveLink seen = new DefectiveLink(defect);
        return seen.to(sound.connect(address, site, seen.around(handler), timeout));
    }
}
