package io.procession.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.codec.HandleResolver;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.queue.QueueEngines;

/** Makes a queue of its handle, in whatever process it arrives. Found by its name. */
final class QueueResolver implements HandleResolver {
    /** For the codec. */
    public QueueResolver() {}

    @Override
    public Object resolve(Handle handle) {
        return FamilyQueue.of(QueueEngines.resolve(Hosting.current(), handle));
    }
}
