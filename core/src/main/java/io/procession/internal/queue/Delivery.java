package io.procession.internal.queue;

import io.procession.internal.hosting.ObjectEndedException;
import java.nio.ByteBuffer;
import java.util.List;

/** Items on their way to a taker: his only once he commits. Used by one thread. */
public interface Delivery {
    /**
     * What arrived.
     *
     * @return at least one
     */
    List<ByteBuffer> items();

    /**
     * Takes them for good: from now on they come to nobody else, whatever happens.
     *
     * @throws ObjectEndedException if this process may not take them any more; they go to others
     */
    void commit() throws ObjectEndedException;

    /**
     * Lets others take some or all of them. What is given back comes first again. Without a wait if all are.
     *
     * @param from the index of the first item that is given back; those before are still to be committed, if there are any
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted before the host is sure to learn it; nothing may be committed then
     */
    void giveBack(int from) throws ObjectEndedException, InterruptedException;
}
