package io.procession.internal.connection;

import io.procession.transport.TransportSite;
import io.procession.transport.testing.InMemoryTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Stands for a process in tests of one JVM: its connections, and a transport that can be abandoned as a crash would. */
public final class SimulatedProcess implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong(1000);

    public final InMemoryTransport transport;
    public final Connections connections;

    private volatile boolean abandoned;

    public SimulatedProcess(String name) {
        this(name, new InMemoryTransport());
    }

    public SimulatedProcess(String name, InMemoryTransport transport) {
        this.transport = transport;
        long number = NUMBERS.incrementAndGet();
        this.connections = new Connections(
                new Peer(number, number, name, Set.of(InMemoryTransport.ID)),
                new TransportSite(Path.of("unused"), "p" + number),
                Transports.of(transport));
    }

    public long incarnation() {
        return connections.self().incarnation();
    }

    /** Ends as {@code kill -9} would. */
    public void abandon() {
        abandoned = true;
        transport.abandon();
    }

    @Override
    public void close() {
        if (!abandoned) {
            connections.close(Duration.ofSeconds(5));
        }
    }
}
