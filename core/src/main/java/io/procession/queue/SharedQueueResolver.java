package io.procession.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.codec.HandleResolver;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.queue.QueueEngines;

/** Makes a queue in shared memory of its handle, in whatever process it arrives. Found by its name. */
final class SharedQueueResolver implements HandleResolver {
    /** For the codec. */
    public SharedQueueResolver() {}

    @Override
    public Object resolve(Handle handle) {
        return FamilyQueue.of(QueueEngines.resolveShared(Hosting.current(), handle));
    }
}
