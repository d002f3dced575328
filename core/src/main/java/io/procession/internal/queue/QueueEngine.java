package io.procession.internal.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A queue of byte sequences as one process sees it. Safe for all threads. Where a duration may be null, that means for ever. */
public sealed interface QueueEngine permits HostedQueue, RemoteQueue {
    /**
     * Puts an item.
     *
     * @param item its parts, not to be changed until this returns; then they are the caller's again
     * @param timeout how long to wait for room, and to be written, at most; zero waits only for the host's answer
     * @return false if there was no room in time, and the item is not put
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted, and the item is not put
     */
    boolean put(List<ByteBuffer> item, @Nullable Duration timeout) throws ObjectEndedException, InterruptedException;

    /**
     * Takes an item.
     *
     * @param timeout how long to wait at most
     * @return the item, to be committed or given back; null if there was none in time
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted, and no item is taken
     */
    @Nullable
    Delivery take(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException;

    /**
     * Takes what is there.
     *
     * @param maxItems at least one
     * @return some items, to be committed or given back; null if there is none
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted, and no item is taken
     */
    @Nullable
    Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException;

    /**
     * How full it is.
     *
     * @return as the host sees it
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted
     */
    Fill fill() throws ObjectEndedException, InterruptedException;

    /** The owner's call ends the queue for everyone; any other's ends it for its process. Idempotent. */
    void close();

    /**
     * Why it cannot be used any more.
     *
     * @return null if it can, as far as is known here
     */
    @Nullable
    Ending ending();

    /**
     * How other processes reach it.
     *
     * @return the handle
     * @throws IllegalStateException if the queue has ended
     */
    Handle handle();

    /**
     * The object that users see, made once.
     *
     * @param maker makes it
     * @return always the same
     */
    Object face(Function<QueueEngine, Object> maker);

    /**
     * How full a queue is.
     *
     * @param items waiting to be taken
     * @param room how many more it takes now
     * @param capacity how many it takes at most; {@link Long#MAX_VALUE} if it has no bound
     */
    record Fill(long items, long room, long capacity) {}
}
