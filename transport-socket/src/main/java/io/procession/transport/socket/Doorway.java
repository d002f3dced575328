package io.procession.transport.socket;

import static java.util.Objects.requireNonNull;

import io.procession.transport.LinkAcceptor;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.gather.Remainder;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The door of a listener: takes connections, hears who they are, and makes links of those who have proved it. One thread, in plain Java, for the port and all who
 * have not proved it yet; who serves the links is seen to by {@link HostedLinks}.
 */
final class Doorway {
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SWEEP_NANOS = TimeUnit.HOURS.toNanos(1);

    /** Then those who were taken before have their turn. */
    private static final int TAKEN_IN_A_ROW = 64;

    private final TransportAddress address;
    private final LinkAcceptor acceptor;
    private final PassFolder folder;
    private final Limits limits;
    private final Refusals refusals;
    private final ServerSocketChannel socket;
    private final Selector selector;
    private final SelectionKey port;
    private final HostedLinks links;
    private final Thread thread;
    private volatile boolean closed;

    // Of the thread alone.
    private final Strangers strangers;
    private long sweptAt = System.nanoTime();
    private boolean pausing;
    private long pauseEnds;

    /** A port that listens; it belongs to this from now on. */
    Doorway(
            TransportAddress address,
            String site,
            LinkAcceptor acceptor,
            PassFolder folder,
            Limits limits,
            Refusals refusals,
            ServerSocketChannel socket)
            throws IOException {
        this.address = address;
        this.acceptor = acceptor;
        this.folder = folder;
        this.limits = limits;
        this.refusals = refusals;
        this.socket = socket;
        this.links = new HostedLinks(site, limits.threads());
        this.strangers = new Strangers(limits.strangers());
        this.thread = SocketThreads.unstarted(site, "door", new Service());
        this.selector = Selector.open();
        boolean made = false;
        try {
            socket.configureBlocking(false);
            this.port = socket.register(selector, SelectionKey.OP_ACCEPT);
            made = true;
        } finally {
            if (!made) {
                selector.close();
            }
        }
    }

    /** Begins to take connections. Leaves nothing open if there is no thread for it. */
    void open() throws IOException {
        boolean open = false;
        try {
            thread.start();
            open = true;
        } finally {
            if (!open) {
                selector.close();
                socket.close();
            }
        }
    }

    /** Takes no more connections; links live on. From any thread. */
    void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone all the same, and held nothing back.
        }
        selector.wakeup();
    }

    private final class Service implements Runnable {
        @Override
        public void run() {
            serve();
        }
    }

    private void serve() {
        while (!closed) {
            try {
                turn();
            } catch (Throwable t) { // no memory, most likely: all links to come count on this thread
                survive(t);
            }
        }
        for (Reception stranger : strangers.all()) {
            stranger.dismiss();
        }
        closeSelector();
        links.close();
    }

    private void survive(Throwable failure) {
        if (!closed) {
            LockSupport.parkNanos(this, AFTER_FAILURE_NANOS);
            try {
                refusals.tell(address, "anybody", "no connection could be taken: " + failure);
            } catch (Throwable again) {
                return; // there is no memory to tell it with
            }
        }
    }

    private void turn() throws IOException {
        // Before it is looked who has spoken: who was late at this moment and has still said nothing after it, is late.
        long before = System.nanoTime();
        await(before);
        if (pausing && before - pauseEnds >= 0) {
            pausing = false;
            port.interestOps(SelectionKey.OP_ACCEPT);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            Object stranger = key.attachment();
            if (stranger == null) {
                takeConnections();
            } else {
                ((Reception) stranger).hear();
            }
        }
        selector.selectedKeys().clear();
        for (Reception late = strangers.late(before); late != null; late = strangers.late(before)) {
            late.refuse("it did not say who it is within " + limits.handshake().toMillis() + " ms");
        }
    }

    private void await(long now) throws IOException {
        long nanos = strangers.nanosLeft(now);
        if (pausing) {
            nanos = Math.min(nanos, pauseEnds - now);
        }
        if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else if (nanos > 0) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        } else {
            selector.selectNow();
        }
        // Nobody has a reason to interrupt this thread, and with the mark of it no select would wait any more.
        Thread.interrupted();
    }

    private void takeConnections() {
        for (int taken = 0; taken < TAKEN_IN_A_ROW; taken++) {
            SocketChannel connection;
            try {
                connection = socket.accept();
            } catch (IOException e) {
                pause(e); // most likely there are too many open files; the kernel keeps who comes meanwhile
                return;
            }
            if (connection == null) {
                return;
            }
            receive(connection);
        }
    }

    private void pause(IOException cause) {
        if (!closed) {
            port.interestOps(0);
            pausing = true;
            pauseEnds = System.nanoTime() + AFTER_FAILURE_NANOS;
            refusals.tell(address, "anybody", "no connection can be taken at the moment: " + cause);
        }
    }

    private void receive(SocketChannel connection) {
        boolean received = false;
        try {
            connection.configureBlocking(false);
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = connection.register(selector, SelectionKey.OP_READ);
            Reception stranger = new Reception(this, connection, key);
            key.attach(stranger);
            received = true;
            Reception oldest = strangers.add(stranger);
            if (oldest != null) {
                oldest.refuse("more than " + limits.strangers() + " wait to say who they are");
            }
        } catch (IOException e) {
            refused(connection, "it failed: " + e);
        } finally {
            if (!received) {
                hangUp(connection);
            }
        }
    }

    Limits limits() {
        return limits;
    }

    PassFolder folder() {
        return folder;
    }

    /** A connection is a stranger no more, for better or worse. */
    void left(Reception stranger) {
        strangers.remove(stranger);
    }

    void refused(SocketChannel connection, String reason) {
        if (!closed) {
            refusals.tell(address, from(connection), reason);
        }
    }

    private static Object from(SocketChannel connection) {
        try {
            return requireNonNull(connection.getRemoteAddress());
        } catch (IOException | RuntimeException closedAlready) {
            return "somebody";
        }
    }

    static void hangUp(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }

    /** Makes a link of a connection that has proved who it is. */
    void admit(SocketChannel connection, FrameReader reader, Pass pass) {
        HostedWire wire;
        try {
            wire = links.serve(connection, reader);
        } catch (Throwable failure) {
            refused(connection, "it cannot be served: " + failure);
            hangUp(connection);
            return;
        }
        SocketLink link = wire.link();
        try {
            link.endsWith(Remainder.adopt(folder.sendMemory(pass)));
            link.handledBy(accept(link));
        } catch (Throwable refusal) {
            wire.discard(); // the acceptor knows why
            return;
        }
        wire.begin(Handshake.answer(pass));
    }

    private LinkHandler accept(SocketLink link) throws IOException {
        if (closed) {
            throw new IOException("the listener has closed");
        }
        long now = System.nanoTime();
        if (now - sweptAt > SWEEP_NANOS) {
            sweptAt = now;
            folder.sweep();
        }
        return requireNonNull(acceptor.accept(link), "the acceptor's handler");
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            // Nobody waits in it any more.
        }
    }
}
