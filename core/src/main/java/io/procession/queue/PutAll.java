package io.procession.queue;

import io.procession.internal.codec.Encoded;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.queue.QueueEngine;
import java.util.ArrayList;
import java.util.List;

/** One {@link Queue#putAll}: puts in groups, so that items without end need memory for one group. Used by one thread. */
final class PutAll {
    private static final int GROUP_ITEMS = 256;
    private static final long GROUP_BYTES = 1 << 20;

    private final QueueEngine engine;
    private final List<Encoded> group = new ArrayList<>();
    private long groupBytes;
    private long put;

    PutAll(QueueEngine engine) {
        this.engine = engine;
    }

    void add(Encoded item) throws InterruptedException {
        group.add(item);
        groupBytes += item.sizeBytes();
        if (group.size() >= GROUP_ITEMS || groupBytes >= GROUP_BYTES) {
            flush();
        }
    }

    void flush() throws InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        try {
            engine.putAll(group, some -> put += some);
        } catch (ObjectEndedException ended) {
            Ending why = ended.ending();
            throw FamilyQueue.closed(new Ending(why.reason(), why.text() + "; the first " + put + " items were put"));
        } catch (InterruptedException interrupt) {
            InterruptedException told = new InterruptedException("the first " + put + " items were put");
            told.initCause(interrupt);
            throw told;
        }
        group.clear();
        groupBytes = 0;
    }
}
