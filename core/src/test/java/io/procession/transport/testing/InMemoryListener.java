package io.procession.transport.testing;

import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** An open place of this JVM. Its thread asks the acceptor. */
final class InMemoryListener implements LinkListener, InMemoryTransport.Abandonable {
    private final InMemoryTransport transport;
    private final String place;
    private final String siteName;
    private final LinkAcceptor acceptor;
    private final Deque<InMemoryRequest> requests = new ArrayDeque<>();
    private boolean closed;

    InMemoryListener(InMemoryTransport transport, String place, String siteName, LinkAcceptor acceptor) {
        this.transport = transport;
        this.place = place;
        this.siteName = siteName;
        this.acceptor = acceptor;
    }

    void start() {
        Thread thread = new Thread(this::acceptAll, siteName + "-memory-accept");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized InMemoryRequest request(InMemoryRequest request) {
        if (closed) {
            request.refused(new IOException("the listener has closed"));
        } else {
            requests.add(request);
            notifyAll();
        }
        return request;
    }

    @Override
    public TransportAddress address() {
        return new TransportAddress(InMemoryTransport.ID, place);
    }

    @Override
    public synchronized void close() {
        closed = true;
        InMemoryTransport.unregister(place);
        transport.ended(this);
        requests.forEach(request -> request.refused(new IOException("the listener has closed")));
        requests.clear();
        notifyAll();
    }

    @Override
    public void abandon() {
        close();
    }

    private void acceptAll() {
        for (InMemoryRequest request = next(); request != null; request = next()) {
            if (!request.givenUp()) {
                accept(request);
            }
        }
    }

    private synchronized @Nullable InMemoryRequest next() {
        while (requests.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; what ends it is close().
            }
        }
        return requests.poll();
    }

    private void accept(InMemoryRequest request) {
        InMemoryChannel toHost = new InMemoryChannel(transport.channelBytes());
        InMemoryChannel toClient = new InMemoryChannel(transport.channelBytes());
        InMemoryLink host = new InMemoryLink(transport, siteName, toHost, toClient, transport.maxFrameBytes());
        InMemoryLink client =
                new InMemoryLink(request.transport, request.siteName, toClient, toHost, transport.maxFrameBytes());
        InMemoryLink.join(host, client);
        LinkHandler handler;
        try {
            handler = acceptor.accept(host);
        } catch (RuntimeException | Error defect) {
            host.abandon();
            request.refused(new IOException("the other side refused: " + defect, defect));
            return;
        }
        transport.opened(host);
        host.start(handler);
        request.accepted(client);
    }
}
