package io.procession.internal.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.HostedObject;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.RemoteView;

/** Finds the queue of a handle. */
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

    private static RemoteView view(RemoteObject object, Handle handle, Hosting hosting, boolean here) {
        RemoteQueue queue = new RemoteQueue(object, handle, hosting.evidence());
        if (here) {
            object.end(Ending.CLOSED_BY_OWNER); // it was this process's own, and is not there any more
            queue.onEnded(Ending.CLOSED_BY_OWNER);
        }
        return queue;
    }
}
