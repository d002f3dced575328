package io.procession.transport.queue;

import java.nio.ByteBuffer;

/** An item on its way to a taker: nobody else's, and his only once he commits. For one thread at a time; one of {@link #commit} and {@link #giveBack} is called, once. */
public interface SharedItem {
    /**
     * The bytes of the item.
     *
     * @return to be read before the commit; afterwards they may be those of another item
     * @throws java.io.UncheckedIOException if they are lost, wherever the item comes to; so it is to be committed, or it comes again and again
     */
    ByteBuffer bytes();

    /**
     * Takes it for good: whatever happens, it comes to nobody else.
     *
     * @return false if it had come to somebody else already, who takes it as well: this process was declared dead and is not
     */
    boolean commit();

    /** Lets it come to somebody else, before all items that were never taken. */
    void giveBack();
}
