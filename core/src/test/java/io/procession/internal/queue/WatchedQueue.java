package io.procession.internal.queue;

import io.procession.internal.hosting.Hosting;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A queue whose host tells which items come again. */
public final class WatchedQueue {
    private WatchedQueue() {}

    /**
     * Makes a queue.
     *
     * @param comesAgain gets each item that was delivered and not taken, under the lock of the queue
     */
    public static HostedQueue host(Hosting hosting, HostedQueue.Form form, Consumer<ByteBuffer> comesAgain) {
        return new HostedQueue(hosting, form, null, new Contents(form.capacity(), form.capacityBytes()) {
            @Override
            void addFirst(Item back) {
                comesAgain.accept(back.joined());
                super.addFirst(back);
            }
        });
    }
}
