package io.procession.internal.connection;

import static java.util.Objects.requireNonNull;

import io.procession.internal.family.ExitSequence;
import io.procession.internal.family.Family;
import io.procession.internal.family.ProcessIdentity;
import io.procession.internal.family.Settings;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * All connections of a process. Safe for all threads. A program uses {@link #current()}; tests make several that stand for processes.
 *
 * <p>There is one connection for each peer process and transport, whoever needs it; it lives until one of the two processes ends.
 */
public final class Connections {
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    /** How long the exit of this process may wait for a peer that reads slowly. */
    private static final Duration EXIT = Duration.ofSeconds(5);

    private static volatile @Nullable Connections current;

    private final Peer self;
    private final TransportSite site;
    private final Transports transports;
    private final Map<Kind, MessageHandler> handlers = new ConcurrentHashMap<>();
    private final Set<MessageHandler> distinctHandlers = new CopyOnWriteArraySet<>();
    private final Map<String, SharedListener> listeners = new HashMap<>(); // guarded by itself
    private final Map<TransportAddress, CompletableFuture<Connection>> byAddress = new ConcurrentHashMap<>();
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * The connections of a process.
     *
     * @param self how others see it
     * @param site what it lends to transports
     * @param transports what it has
     */
    public Connections(Peer self, TransportSite site, Transports transports) {
        this.self = requireNonNull(self, "self");
        this.site = requireNonNull(site, "site");
        this.transports = requireNonNull(transports, "transports");
    }

    /**
     * The connections of this process, closed when it exits. The first call makes the process a member of a family.
     *
     * @return always the same
     * @throws java.io.UncheckedIOException if this process can be no member of a family, because there is no usable directory
     * @throws IllegalStateException if this process is exiting
     */
    public static Connections current() {
        Connections known = current;
        if (known == null) {
            synchronized (Connections.class) {
                known = current;
                if (known == null) {
                    known = ofThisProcess();
                    current = known;
                }
            }
        }
        return known;
    }

    /**
     * The connections of this process, if there ever were any.
     *
     * @return null if {@link #current()} was never called
     */
    public static @Nullable Connections existing() {
        return current;
    }

    /**
     * This process as others see it.
     *
     * @return its identity
     */
    public Peer self() {
        return self;
    }

    /**
     * What this process lends to its transports.
     *
     * @return the site
     */
    public TransportSite site() {
        return site;
    }

    /**
     * What this process has.
     *
     * @return the transports
     */
    public Transports transports() {
        return transports;
    }

    /**
     * Registers who receives the messages of a kind. To be called before the first connection that may carry them.
     *
     * @param kind not one of the connection's own
     * @param handler gets every message of this kind, and the end of every connection
     * @throws IllegalStateException if the kind has another handler already
     */
    public void handle(Kind kind, MessageHandler handler) {
        if (kind.isOfConnection() || handlers.putIfAbsent(kind, handler) != null) {
            throw new IllegalStateException(kind + " is handled already");
        }
        distinctHandlers.add(handler);
    }

    /**
     * Makes this process reachable for as long as the caller needs it. All leases of a transport share one listener, which closes with the last;
     * connections made meanwhile live on.
     *
     * @param transportId the transport wanted, or null for the configured or best one
     * @return a lease, to be closed
     * @throws IOException if the listener cannot be opened
     * @throws IllegalStateException if no transport can be used, or not the one wanted; the text says why and what to do
     */
    public Listening listen(@Nullable String transportId) throws IOException {
        Transport transport = transports.select(transportId);
        synchronized (listeners) {
            if (closed) {
                throw new IOException("this process is about to end; it opens no listener any more");
            }
            SharedListener listener = listeners.get(transport.id());
            if (listener == null) {
                listener = new SharedListener(transport.listen(site, link -> accept(transport.id(), link)));
                listeners.put(transport.id(), listener);
            }
            listener.leases++;
            return new Listening(this, listener.open.address());
        }
    }

    /** Called once by each lease. */
    void release(Listening lease) {
        LinkListener last = null;
        synchronized (listeners) {
            SharedListener listener = listeners.get(lease.address().transport());
            if (listener != null && listener.open.address().equals(lease.address()) && --listener.leases == 0) {
                listeners.remove(lease.address().transport());
                last = listener.open;
            }
        }
        if (last != null) {
            last.close();
        }
    }

    /** A listener and how many leases keep it open. */
    private static final class SharedListener {
        private final LinkListener open;
        private int leases;

        SharedListener(LinkListener open) {
            this.open = open;
        }
    }

    /**
     * The connection to whoever listens at an address.
     *
     * @param address where
     * @param timeout how long to wait at most; must be positive
     * @return an open connection, made now or before
     * @throws IOException if nobody listens there, or the two processes do not fit; the text says what was tried
     * @throws InterruptedException if the thread was interrupted
     * @throws TimeoutException if there was no answer in time
     * @throws IllegalStateException if this process lacks the transport
     */
    public Connection connect(TransportAddress address, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        return connect(address, 0, timeout);
    }

    /**
     * The connection to one process and no other.
     *
     * @param address where it listens
     * @param incarnation which process it is; one that is connected already, by whomever, is not connected again. Zero for whoever listens
     * @param timeout how long to wait at most; must be positive
     * @return an open connection, made now or before
     * @throws IOException if it does not listen there (any more), or the two processes do not fit; the text says what was tried
     * @throws InterruptedException if the thread was interrupted
     * @throws TimeoutException if there was no answer in time
     * @throws IllegalStateException if this process lacks the transport
     */
    public Connection connect(TransportAddress address, long incarnation, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        Deadline deadline = Deadline.after(timeout);
        while (true) {
            Connection known = find(address.transport(), incarnation);
            if (known != null) {
                return known;
            }
            CompletableFuture<Connection> mine = new CompletableFuture<>();
            CompletableFuture<Connection> other = byAddress.putIfAbsent(address, mine);
            if (other == null) {
                long began = System.nanoTime();
                try {
                    return connectFor(mine, address, incarnation, deadline);
                } catch (IOException refused) {
                    if (System.nanoTime() - began < HANDSHAKE.toNanos()) {
                        throw refused;
                    }
                    // This process was stopped, or had no turn, for so long that the other side gave it up, which says
                    // nothing of the next attempt.
                    continue;
                }
            }
            Connection theirs = await(other, address, deadline);
            if (theirs != null && theirs.isOpen()) {
                Peer host = theirs.peer();
                if (incarnation != 0 && host.incarnation() != incarnation) {
                    throw new IOException("the process that listened at " + address + " has ended; now it is " + host);
                }
                return theirs;
            }
            byAddress.remove(address, other); // it failed or has ended: the next turn tries anew
        }
    }

    /**
     * Tells when everything a process had sent was received.
     *
     * @param incarnation a process that has ended, or is about to
     * @return completes when every connection with it has ended and its messages and its end were handled; at once if there is none
     */
    public CompletableFuture<@Nullable Void> drained(long incarnation) {
        List<CompletableFuture<@Nullable Void>> ends = new ArrayList<>();
        for (Connection connection : all) {
            // Whoever connected and died before he told his name may be the one; he tells it, or ends, within the
            // handshake's bound.
            ends.add(connection
                    .opened()
                    .handle((peer, failure) -> failure == null && peer.incarnation() != incarnation)
                    .thenCompose(isOther -> isOther ? CompletableFuture.completedFuture(null) : connection.ended()));
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    /**
     * Closes all listeners and connections after what was sent is written.
     *
     * @param timeout how long to wait for that, and for the ends, at most
     */
    public void close(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        List<LinkListener> open = new ArrayList<>();
        synchronized (listeners) {
            closed = true;
            for (SharedListener listener : listeners.values()) {
                open.add(listener.open);
            }
            listeners.clear();
        }
        for (LinkListener listener : open) {
            listener.close();
        }
        // Loops, because the first stream or lambda of a child would be one in its last moments.
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (Connection connection : all) {
            connection.sayGoodbye();
            ends.add(connection.ended());
        }
        for (Connection connection : all) {
            connection.close(deadline.left());
        }
        try {
            CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
                    .get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            return; // bounded, and there is nobody left to tell
        }
    }

    private @Nullable Connection find(String transportId, long incarnation) {
        if (incarnation != 0) {
            for (Connection connection : all) {
                if (connection.isOpen()
                        && connection.peer().incarnation() == incarnation
                        && connection.transportId().equals(transportId)) {
                    return connection;
                }
            }
        }
        return null;
    }

    private Connection connectFor(
            CompletableFuture<Connection> mine, TransportAddress address, long incarnation, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        Connection connection = new Connection(this, address.transport(), false, incarnation);
        boolean connected = false;
        try {
            Transport transport = transports.select(address.transport());
            all.add(connection);
            connection.attach(transport.connect(address, site, connection.handler(), left(deadline, address)));
            await(connection.opened(), address, deadline);
            if (!connection.isOpen() || closed) {
                throw new IOException("the process at " + address + " has ended");
            }
            connected = true;
            mine.complete(connection);
            return connection;
        } finally {
            if (!connected) {
                byAddress.remove(address, mine);
                all.remove(connection);
                connection.drop();
                mine.cancel(false);
            }
        }
    }

    /** The value, or null if it was cancelled, which means that another thread gave up. */
    private static <T> @Nullable T await(CompletableFuture<T> future, TransportAddress address, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        try {
            return future.get(left(deadline, address).toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException givenUp) {
            return null;
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw new IOException(
                    "cannot connect to " + address + (cause == null ? "" : ": " + cause.getMessage()), cause);
        } catch (TimeoutException late) {
            throw new TimeoutException("no answer from " + address + " in time");
        }
    }

    private static Duration left(Deadline deadline, TransportAddress address) throws TimeoutException {
        Duration left = deadline.left();
        if (left.isNegative() || left.isZero()) {
            throw new TimeoutException("no answer from " + address + " in time");
        }
        return left;
    }

    private static @Nullable Peer dropped(Connection connection) {
        connection.drop();
        return null;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a handshake
    private LinkHandler accept(String transportId, Link link) {
        Connection connection = new Connection(this, transportId, true, 0);
        all.add(connection);
        connection.attach(link);
        connection
                .opened()
                .orTimeout(HANDSHAKE.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> dropped(connection));
        return connection.handler();
    }

    MessageHandler handlerOf(Kind kind) throws ProtocolException {
        MessageHandler handler = handlers.get(kind);
        if (handler == null) {
            throw new ProtocolException("nobody here handles a " + kind);
        }
        return handler;
    }

    /** Tells those above that nothing may be done in the name of a connection any more. */
    void closing(Connection connection) {
        distinctHandlers.forEach(handler -> handler.onClosing(connection));
    }

    /** Tells those above of the end of a connection that had been open. */
    void closed(Connection connection, @Nullable Throwable cause) {
        for (MessageHandler handler : distinctHandlers) {
            try {
                handler.onClosed(connection, cause);
            } catch (OutOfMemoryError full) {
                throw full; // it is told again
            } catch (RuntimeException | Error defect) {
                // The others must be told all the same.
                LoggerFactory.getLogger(Connections.class).error("at the end of {}", connection, defect);
            }
        }
    }

    /** Forgets a connection of which nothing more will be heard. */
    void forget(Connection connection) {
        all.remove(connection);
        byAddress.values().removeIf(future -> future.isDone() && !future.isCancelled() && future.join() == connection);
    }

    private static Connections ofThisProcess() {
        Family family = Family.current();
        ProcessIdentity self = family.self();
        String configured = Settings.text("transport");
        KnownTransports known = KnownTransports.current();
        Transports transports = known == null ? null : Transports.known(configured, known);
        Set<String> usable;
        if (known != null && transports != null) {
            usable = Set.copyOf(known.usable());
        } else {
            transports = Transports.installed(configured);
            usable = transports.usable();
            KnownTransports.found(transports.known(usable));
        }
        Connections connections = new Connections(
                new Peer(self.incarnation(), self.pid(), self.name(), usable), family.site(), transports);
        ExitSequence.register(ExitSequence.Stage.CONNECTIONS, new AtExit(connections));
        return connections;
    }

    /** Not a lambda, which would be the first of a child that connects. */
    private static final class AtExit implements Runnable {
        private final Connections connections;

        AtExit(Connections connections) {
            this.connections = connections;
        }

        @Override
        public void run() {
            connections.close(EXIT);
        }
    }
}
