package io.procession.internal.queue;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Call;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.HostedObject;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.transport.queue.QueueBound;
import io.procession.transport.queue.SharedQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A queue without a host in the process that owns it. Others tell it that they use it, so that each side learns of the other's end; nothing else is said. */
public final class OwnSharedQueue extends SharedEngine implements HostedObject {
    private final Hosting hosting;
    private final SharedSpace space;
    private final Doorplate doorplate;
    private final long objectId;
    private final SharedQueue queue;
    private volatile boolean closed;

    private OwnSharedQueue(Hosting hosting, HostedQueue.Form form, String transportId) throws IOException {
        this.hosting = hosting;
        this.space = SharedSpace.of(hosting, transportId);
        this.doorplate = new Doorplate(hosting, transportId, form.resolver());
        this.objectId = hosting.host(this);
        try {
            this.queue = space.create(
                    SharedSpace.name(hosting.connections().self().incarnation(), objectId),
                    new QueueBound(form.capacity(), form.capacityBytes()));
        } catch (Throwable t) {
            hosting.end(objectId, Ending.CLOSED_BY_OWNER);
            throw t;
        }
    }

    static OwnSharedQueue create(Hosting hosting, HostedQueue.Form form, @Nullable String transportId) {
        String chosen = hosting.connections().transports().select(transportId).id();
        try {
            return new OwnSharedQueue(hosting, form, chosen);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    @Override
    public EncodeTarget owner() {
        return EncodeTarget.ANYONE; // this process, which has the object itself
    }

    @Override
    public boolean meetOwner(Deadline deadline) {
        return true;
    }

    @Override
    SharedQueue queue(Deadline deadline) throws ObjectEndedException {
        if (closed) {
            throw new ObjectEndedException(Ending.CLOSED_BY_OWNER);
        }
        return queue;
    }

    @Override
    Ending whyEnded() {
        return Ending.CLOSED_BY_OWNER;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        space.end(queue);
        hosting.end(objectId, Ending.CLOSED_BY_OWNER);
        doorplate.close();
    }

    @Override
    public @Nullable Ending ending() {
        return closed ? Ending.CLOSED_BY_OWNER : null;
    }

    @Override
    public Handle handle() {
        return doorplate.handle(objectId, ending());
    }

    @Override
    public String whereabouts() {
        return "number " + objectId + " of this process, in shared memory";
    }

    @Override
    public void onCall(Call call, ByteBuffer request) {
        call.reply(); // nobody asks yet
    }

    @Override
    public void onCast(Connection from, ByteBuffer message) {
        // That somebody uses it is all that is said, and its sender is noted before this is called.
    }

    @Override
    public void onPeerClosed(Connection from) {
        if (!closed) {
            queue.recover();
        }
    }
}
