package io.procession.transport.tck.unix;

import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket file and the thread that accepts. A new client is greeted on its own thread, so that a silent one holds up nobody. */
final class UnixSocketListener implements LinkListener {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TransportSite site;
    private final LinkAcceptor acceptor;
    private final Path file;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> waiting = ConcurrentHashMap.newKeySet();
    private final Object accepting = new Object(); // the acceptor is asked for one link at a time
    private volatile boolean closed;

    private UnixSocketListener(TransportSite site, LinkAcceptor acceptor, Path file, ServerSocketChannel server) {
        this.site = site;
        this.acceptor = acceptor;
        this.file = file;
        this.server = server;
    }

    static UnixSocketListener open(TransportSite site, LinkAcceptor acceptor) throws IOException {
        Path file = site.directory().resolve(site.name() + "-u" + NUMBER.incrementAndGet());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException failure) {
            server.close();
            throw new IOException("cannot listen at " + file + ": " + failure.getMessage(), failure);
        }
        UnixSocketListener listener = new UnixSocketListener(site, acceptor, file, server);
        UnixSocketTransport.start(site, "accept", listener::acceptAll);
        return listener;
    }

    @Override
    public TransportAddress address() {
        return new TransportAddress(UnixSocketTransport.ID, file.toString());
    }

    @Override
    public void close() {
        closed = true;
        UnixSocketLink.closeQuietly(server);
        waiting.forEach(UnixSocketLink::closeQuietly);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is swept with its directory.
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                UnixSocketTransport.start(site, "reader", () -> serve(channel));
            }
        } catch (IOException closedByUs) {
            // There is nobody to accept any more.
        }
    }

    private void serve(SocketChannel channel) {
        UnixSocketLink link = new UnixSocketLink(site, channel);
        LinkHandler handler;
        waiting.add(channel);
        try {
            if (closed) {
                throw new IOException("closed meanwhile");
            }
            Greeting.receive(channel);
            synchronized (accepting) {
                if (closed) {
                    throw new IOException("closed meanwhile");
                }
                handler = acceptor.accept(link);
            }
        } catch (IOException | RuntimeException | Error refused) {
            link.abandon();
            return;
        } finally {
            waiting.remove(channel);
        }
        try {
            Greeting.send(channel);
        } catch (IOException goneMeanwhile) {
            // The reader finds out, and tells the handler.
        }
        link.run(handler);
    }
}
