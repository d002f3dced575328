package com.example.transport.unix;

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
import java.util.concurrent.locks.LockSupport;

/** A socket file and the thread that accepts. A new client is greeted on its own thread, so that a silent one holds up nobody. */
final class UnixListener implements LinkListener {
    private static final long RETRY_NANOS = 10_000_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TransportSite site;
    private final LinkAcceptor acceptor;
    private final Path file;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> waiting = ConcurrentHashMap.newKeySet();
    private final Object accepting = new Object(); // the acceptor is asked for one link at a time
    private volatile boolean closed;

    private UnixListener(TransportSite site, LinkAcceptor acceptor, Path file, ServerSocketChannel server) {
        this.site = site;
        this.acceptor = acceptor;
        this.file = file;
        this.server = server;
    }

    static UnixListener open(TransportSite site, LinkAcceptor acceptor) throws IOException {
        Path file = site.directory().resolve(site.name() + "-u" + NUMBER.incrementAndGet());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException failure) {
            server.close();
            throw new IOException("cannot listen at " + file + ": " + failure.getMessage(), failure);
        }
        UnixListener listener = new UnixListener(site, acceptor, file, server);
        UnixTransport.start(site, "accept", listener::acceptAll);
        return listener;
    }

    @Override
    public TransportAddress address() {
        return new TransportAddress(UnixTransport.ID, file.toString());
    }

    @Override
    public void close() {
        closed = true;
        UnixLink.closeQuietly(server);
        waiting.forEach(UnixLink::closeQuietly);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is swept with its directory.
        }
    }

    private void acceptAll() {
        while (!closed) {
            try {
                SocketChannel channel = server.accept();
                UnixTransport.start(site, "reader", () -> serve(channel));
            } catch (IOException closedOrNoDescriptorLeft) {
                // Who waits is accepted when there are descriptors again.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void serve(SocketChannel channel) {
        UnixLink link = new UnixLink(site, channel);
        LinkHandler handler;
        waiting.add(channel); // before the look at closed, so that close() misses nobody
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
