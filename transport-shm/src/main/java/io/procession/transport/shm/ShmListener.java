package io.procession.transport.shm;

import static java.util.Objects.requireNonNull;

import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Unix-domain server socket in the private directory; the loop accepts. */
final class ShmListener implements LinkListener, Loop.Member {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** As many as the kernel lets wait; beyond that clients wait by themselves. */
    private static final int BACKLOG = 1024;

    private final Loop loop;
    private final Path socket;
    private final long family;
    private final LinkAcceptor acceptor;
    private final ServerSocketChannel server;
    private final MemoryPlace place;
    private final Geometry geometry;
    private volatile boolean closed;
    private boolean left;

    private ShmListener(
            Loop loop,
            Path socket,
            LinkAcceptor acceptor,
            ServerSocketChannel server,
            MemoryPlace place,
            Geometry geometry) {
        this.loop = loop;
        this.socket = socket;
        this.family = Greeting.family(socket);
        this.acceptor = acceptor;
        this.server = server;
        this.place = place;
        this.geometry = geometry;
    }

    static ShmListener open(TransportSite site, LinkAcceptor acceptor) throws IOException {
        Geometry geometry = ShmSettings.geometry();
        Path directory = site.directory().toAbsolutePath();
        MemoryPlace place;
        try {
            place = MemoryPlace.of(directory, site.name());
        } catch (IOException e) {
            throw new IOException("cannot listen in " + directory + ": " + e, e);
        }
        while (true) {
            Path socket = directory.resolve(site.name() + "-m" + NUMBER.incrementAndGet());
            if (!Files.exists(socket)) { // another copy of this class in the process counts for itself
                return bind(site, socket, acceptor, place, geometry);
            }
        }
    }

    private static ShmListener bind(
            TransportSite site, Path socket, LinkAcceptor acceptor, MemoryPlace place, Geometry geometry)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            server.configureBlocking(false);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen at " + socket + ": " + e.getMessage(), e);
        }
        try {
            Loop loop = Loop.enter(site);
            ShmListener listener = new ShmListener(loop, socket, acceptor, server, place, geometry);
            loop.attend(listener);
            return listener;
        } catch (Throwable t) {
            server.close();
            Files.deleteIfExists(socket);
            throw t;
        }
    }

    @Override
    public TransportAddress address() {
        return new TransportAddress(ShmTransport.ID, socket.toString());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // What is left lies in the private directory and is swept with it.
        }
        place.removeIfEmpty();
        loop.attend(this);
    }

    boolean isClosed() {
        return closed;
    }

    // From here on all is called by the loop.

    @Override
    public void attend() {
        if (closed) {
            leave();
            return;
        }
        try {
            SelectionKey key = loop.register(server);
            key.attach(this);
            key.interestOps(SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException e) {
            close();
        }
    }

    private void leave() {
        if (!left) {
            left = true;
            loop.flushCancelled();
            loop.leave();
        }
    }

    @Override
    public void ready() {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                meet(channel);
            }
        } catch (IOException e) {
            // Closed by us; or no descriptor is left, and the next round tries anew.
        }
    }

    private void meet(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            Contact contact = new Contact(this, channel, loop.register(channel));
            contact.start();
            loop.addContact(contact);
        } catch (Throwable t) {
            channel.close();
            throw t;
        }
    }

    /** Whatever goes wrong here goes wrong for this one client. */
    void greeted(ByteBuffer hello, SocketChannel channel, SelectionKey key) throws IOException {
        Doorbell doorbell = new Doorbell(channel);
        String refusal = closed ? "it has been closed" : Greeting.refusal(hello, family);
        if (refusal == null) {
            refusal = accept(channel, key, doorbell);
        }
        if (refusal != null) {
            key.cancel();
            channel.write(Greeting.refused(refusal));
            doorbell.close();
        }
    }

    private @Nullable String accept(SocketChannel channel, SelectionKey key, Doorbell doorbell) {
        LinkMemory memory;
        try {
            memory = place.createLink(geometry, family);
        } catch (IOException | RuntimeException | Error e) {
            return String.valueOf(e.getMessage());
        }
        loop.enterAgain();
        ShmLink link = new ShmLink(loop, memory, key, doorbell);
        LinkHandler handler;
        try {
            handler = requireNonNull(acceptor.accept(link), "the acceptor's handler");
        } catch (Throwable t) {
            link.discard();
            return "its acceptor refused: " + t;
        }
        try {
            // Some hundred bytes into an empty socket: they are taken whole.
            channel.write(Greeting.accepted(memory.files().rings()));
        } catch (IOException e) {
            // It has gone: the link's first look at the doorbell finds out.
        }
        link.start(handler);
        return null;
    }

    @Override
    public void abort(Throwable cause) {
        close();
    }
}
