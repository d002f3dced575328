package io.procession.internal.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.HostedObject;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.RemoteView;
import org.jspecify.annotations.Nullable;

/** Makes queues that have no host, and finds the queue of a handle. */
public final class QueueEngines {
    private QueueEngines() {}

    /**
     * The queue as a process sees it.
     *
     * @param hosting of that process
     * @param handle of the queue
     * @return the queue itself in the process that owns it, else the one view of it that this process has. Connects only when it is used
     */
    public static QueueEngine resolve(Hosting hosting, Handle handle) {
        boolean here = handle.incarnation() == hosting.connections().self().incarnation();
        HostedObject own = here ? hosting.hosted(handle.objectId()) : null;
        if (own instanceof HostedQueue queue) {
            return queue;
        }
        RemoteView view = hosting.view(
                handle.address(),
                handle.incarnation(),
                handle.objectId(),
                object -> view(object, handle, hosting, here));
        return (RemoteQueue) view;
    }

    /**
     * Whether a queue can do without a host.
     *
     * @param hosting of this process
     * @param transportId the transport wanted, or null for the default
     * @return null if it can, else why not, in words for the user
     * @throws IllegalStateException if the transport cannot be used at all
     */
    public static @Nullable String whyNotShared(Hosting hosting, @Nullable String transportId) {
        return SharedSpace.refusal(hosting.connections().transports().select(transportId));
    }

    /**
     * Makes a queue without a host.
     *
     * @param hosting of this process
     * @param form what it is; not joinable
     * @param transportId the transport that offers it, or null for the default
     * @return the queue
     * @throws java.io.UncheckedIOException if there is no room for it; the text says what to do
     */
    public static QueueEngine share(Hosting hosting, HostedQueue.Form form, @Nullable String transportId) {
        return OwnSharedQueue.create(hosting, form, transportId);
    }

    /**
     * The queue without a host as a process sees it.
     *
     * @param hosting of that process
     * @param handle of the queue
     * @return the queue itself in the process that owns it, else the one view of it that this process has. Attaches only when it is used
     */
    public static QueueEngine resolveShared(Hosting hosting, Handle handle) {
        boolean here = handle.incarnation() == hosting.connections().self().incarnation();
        HostedObject own = here ? hosting.hosted(handle.objectId()) : null;
        if (own instanceof OwnSharedQueue queue) {
            return queue;
        }
        RemoteView view = hosting.view(handle.address(), handle.incarnation(), handle.objectId(), object -> {
            JoinedSharedQueue queue = new JoinedSharedQueue(hosting, object, handle);
            if (here) {
                object.end(Ending.CLOSED_BY_OWNER);
            }
            return queue;
        });
        return (JoinedSharedQueue) view;
    }

    private static RemoteView view(RemoteObject object, Handle handle, Hosting hosting, boolean here) {
        RemoteQueue queue = new RemoteQueue(object, handle, hosting.evidence());
        if (here) {
            object.end(Ending.CLOSED_BY_OWNER); // it was this process's own, and is not there any more
            queue.onEnded(Ending.CLOSED_BY_OWNER);
        }
        return queue;
    }
}
