package io.procession.queue;

import io.procession.internal.codec.Portable;
import io.procession.internal.connection.SimulatedProcess;
import io.procession.internal.family.SimulatedPages;
import io.procession.internal.family.StatusPage;
import io.procession.internal.hosting.Evidence;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.queue.HostedQueue;
import io.procession.internal.queue.QueueEngines;
import io.procession.transport.testing.InMemoryTransport;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for a process that has queues, in tests of one JVM. */
final class QueueProcess implements AutoCloseable {
    private static final Set<Long> DEAD = ConcurrentHashMap.newKeySet();

    final SimulatedProcess process;
    final Hosting hosting;
    private final Path directory;

    QueueProcess(String name, Path directory) {
        this(name, directory, new InMemoryTransport());
    }

    QueueProcess(String name, Path directory, InMemoryTransport transport) {
        this.directory = directory;
        this.process = new SimulatedProcess(name, transport);
        StatusPage page = SimulatedPages.make(directory, process.incarnation());
        this.hosting = new Hosting(
                process.connections, new Evidence(directory, page, incarnation -> !DEAD.contains(incarnation)));
    }

    <T> Queue<T> create() {
        return bounded(Long.MAX_VALUE);
    }

    <T> Queue<T> bounded(long capacity) {
        return bounded(capacity, Long.MAX_VALUE);
    }

    <T> Queue<T> bounded(long capacity, long capacityBytes) {
        HostedQueue.Form form = new HostedQueue.Form(capacity, capacityBytes, false, QueueResolver.class.getName());
        return FamilyQueue.of(new HostedQueue(hosting, form, null));
    }

    <T> JoinableQueue<T> joinable() {
        HostedQueue.Form form =
                new HostedQueue.Form(Long.MAX_VALUE, Long.MAX_VALUE, true, JoinableQueueResolver.class.getName());
        return FamilyJoinableQueue.joinable(new HostedQueue(hosting, form, null));
    }

    /** The queue as this process gets it. */
    <T> Queue<T> receive(Queue<T> queue) {
        return FamilyQueue.of(QueueEngines.resolve(hosting, ((Portable) queue).handle()));
    }

    <T> JoinableQueue<T> receive(JoinableQueue<T> queue) {
        return FamilyJoinableQueue.joinable(QueueEngines.resolve(hosting, ((Portable) queue).handle()));
    }

    /** Ends as {@code kill -9} would; its parent removes its page when it likes, which is at once. */
    void kill() {
        DEAD.add(process.incarnation());
        StatusPage.delete(directory, process.incarnation());
        process.abandon();
    }

    @Override
    public void close() {
        process.close();
    }
}
