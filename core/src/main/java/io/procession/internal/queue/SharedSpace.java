package io.procession.internal.queue;

import io.procession.internal.family.ExitSequence;
import io.procession.internal.family.ProcessIdentity;
import io.procession.internal.hosting.Hosting;
import io.procession.transport.Availability;
import io.procession.transport.Transport;
import io.procession.transport.queue.QueueBound;
import io.procession.transport.queue.QueueProvider;
import io.procession.transport.queue.QueueSite;
import io.procession.transport.queue.QueueSpace;
import io.procession.transport.queue.SharedQueue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What a transport offers this process for queues without a host. One for each transport, opened by the first such queue and closed when the process exits. Safe for all threads. */
final class SharedSpace {
    private static final Map<String, SharedSpace> OPEN =
            new HashMap<>(); // by the id of the transport; guarded by itself

    private final QueueSpace space;
    private final Set<SharedQueue> own = ConcurrentHashMap.newKeySet();

    private SharedSpace(QueueSpace space) {
        this.space = space;
    }

    /** Why a transport offers no such queues here; null if it does. */
    static @Nullable String refusal(Transport transport) {
        if (!(transport instanceof QueueProvider provider)) {
            return "the transport '" + transport.id() + "' has no memory in which processes could share a queue";
        }
        Availability availability = provider.queueAvailability();
        return availability.usable() ? null : availability.reason();
    }

    /**
     * That of a transport.
     *
     * @throws IOException if it cannot be opened; the text says why
     * @throws IllegalStateException if the process lacks the transport, or is exiting
     */
    static SharedSpace of(Hosting hosting, String transportId) throws IOException {
        synchronized (OPEN) {
            SharedSpace open = OPEN.get(transportId);
            if (open == null) {
                Transport transport = hosting.connections().transports().select(transportId);
                if (!(transport instanceof QueueProvider provider)) {
                    throw new IOException(String.valueOf(refusal(transport)));
                }
                open = new SharedSpace(provider.openQueues(site(hosting)));
                // After connections have closed: until then others may still put, and are then told that this process
                // has ended.
                ExitSequence.register(ExitSequence.Stage.CONTROL, open::exit);
                OPEN.put(transportId, open);
            }
            return open;
        }
    }

    private static QueueSite site(Hosting hosting) {
        LongPredicate alive = hosting.evidence().alive();
        return new QueueSite(
                hosting.connections().site(), hosting.connections().self().incarnation(), new QueueSite.Kin() {
                    @Override
                    public boolean isAlive(long incarnation) {
                        return alive.test(incarnation);
                    }

                    @Override
                    public String siteName(long incarnation) {
                        return ProcessIdentity.shortName(incarnation);
                    }
                });
    }

    /** How a queue is called in its family. */
    static String name(long incarnation, long objectId) {
        return ProcessIdentity.shortName(incarnation) + "-q" + Long.toString(objectId, Character.MAX_RADIX);
    }

    SharedQueue create(String name, QueueBound bound) throws IOException {
        SharedQueue queue = space.create(name, bound);
        own.add(queue);
        return queue;
    }

    SharedQueue attach(String name) throws IOException {
        return space.attach(name);
    }

    /** Ends one that this process owns. */
    void end(SharedQueue queue) {
        own.remove(queue);
        queue.end();
    }

    /** Leaves nothing behind. The queues are not ended: that their owner has ended is told by its connections. */
    private void exit() {
        space.close();
        own.forEach(SharedQueue::remove);
    }
}
