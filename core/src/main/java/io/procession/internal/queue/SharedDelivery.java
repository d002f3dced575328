package io.procession.internal.queue;

import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.transport.queue.SharedItem;
import java.nio.ByteBuffer;
import java.util.List;

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

    private void settle(int taken) {
        for (int i = 0; i < items.size(); i++) {
            if (i < taken) {
                items.get(i).commit();
            } else {
                items.get(i).giveBack();
            }
        }
    }
}
