package io.procession.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.procession.transport.Link;
import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A listener under test and the ends that arrived at it. */
final class Host implements LinkAcceptor, AutoCloseable {
    private final String siteName;
    private final End.Reaction reaction;
    private final Consumer<Link> whenAccepting;
    private final BlockingQueue<End> arrived = new LinkedBlockingQueue<>();
    private final List<End> all = new CopyOnWriteArrayList<>();
    private final LinkListener listener;

    Host(Transport transport, TransportSite site, End.Reaction reaction, Consumer<Link> whenAccepting)
            throws IOException {
        this.siteName = site.name();
        this.reaction = reaction;
        this.whenAccepting = whenAccepting;
        this.listener = transport.listen(site, this);
    }

    @Override
    public LinkHandler accept(Link link) {
        End end = new End(siteName, reaction).with(link);
        whenAccepting.accept(link);
        all.add(end);
        arrived.add(end);
        return end;
    }

    TransportAddress address() {
        return listener.address();
    }

    LinkListener listener() {
        return listener;
    }

    /** The next end that was accepted. */
    End next() {
        try {
            End end = arrived.poll(End.PATIENCE.toMillis(), MILLISECONDS);
            if (end == null) {
                throw new AssertionError("nobody was accepted at " + address());
            }
            return end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a link", e);
        }
    }

    List<End> all() {
        return all;
    }

    @Override
    public void close() {
        listener.close();
    }
}
