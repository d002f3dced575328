package io.procession.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.codec.HandleResolver;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.queue.QueueEngines;

/** Makes a joinable queue of its handle, in whatever process it arrives. Found by its name. */
final class JoinableQueueResolver implements HandleResolver {
    /** For the codec. */
    public JoinableQueueResolver() {}

    @Override
    public Object resolve(Handle handle) {
        return FamilyJoinableQueue.joinable(QueueEngines.resolve(Hosting.current(), handle));
    }
}
