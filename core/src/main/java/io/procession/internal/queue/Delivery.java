package io.procession.internal.queue;

import io.procession.internal.hosting.ObjectEndedException;
import java.nio.ByteBuffer;

/** Items on their way to a taker: his only once he commits. Used by one thread. */
public interface Delivery {
    /**
     * How many there are.
     *
     * @return at least one
     */
    int size();

    /**
     * The bytes of an item.
     *
     * @param index from 0
     * @return to be read
     */
    ByteBuffer item(int index);

    /**
     * Takes some for good: from now on they come to nobody else, whatever happens. Gives the rest back: others may take them, before all that comes later. Call once.
     *
     * @param count how many of the first are taken; zero to give all back
     * @throws ObjectEndedException if this process may not take them any more; they go to others
     */
    void commit(int count) throws ObjectEndedException;
}
