package io.procession.internal.queue;

import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.transport.queue.SharedItem;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Items that this process has claimed in a queue without a host. */
final class SharedDelivery implements Delivery {
    private final SharedEngine engine;
    private final List<SharedItem> items;

    SharedDelivery(SharedEngine engine, List<SharedItem> items) {
        this.engine = engine;
        this.items = items;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public ByteBuffer item(int index) {
        return items.get(index).bytes();
    }

    @Override
    public void commit(int count) throws ObjectEndedException {
        Ending ending = engine.ending();
        if (ending != null && ending.reason() == Ending.Reason.EXITING) {
            settle(0);
            throw new ObjectEndedException(ending);
        }
        settle(count);
    }

    /** Nothing else can be done: it is decoded, and with the other as well. */
    private void commit(SharedItem item) {
        if (!item.commit()) {
            LoggerFactory.getLogger(SharedDelivery.class)
                    .error(
                            "an item of the queue {} comes twice, here and in another process, since this one was taken for dead. Are its locks in the directory of the family not kept by the kernel, as on some network file systems?",
                            engine.whereabouts());
        }
    }

    private void settle(int taken) {
        for (int i = 0; i < items.size(); i++) {
            if (i < taken) {
                commit(items.get(i));
            } else {
                items.get(i).giveBack();
            }
        }
    }
}
