package io.procession.internal.queue;

import java.nio.ByteBuffer;
import java.util.List;

/** Items taken by a thread of the process that hosts the queue, which cannot die without it. */
final class LocalDelivery implements Delivery {
    private final HostState state;
    private final List<Item> items;

    LocalDelivery(HostState state, List<Item> items) {
        this.state = state;
        this.items = items;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public ByteBuffer item(int index) {
        return items.get(index).joined();
    }

    @Override
    public void commit(int count) {
        if (count < items.size()) {
            state.lock().lock();
            try {
                if (state.ending() == null) {
                    state.addBack(items.subList(count, items.size()));
                    state.serve();
                }
            } finally {
                state.unlockAndSend();
            }
        }
        state.takenHere(items.size());
    }
}
