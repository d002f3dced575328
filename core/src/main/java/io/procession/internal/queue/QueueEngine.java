package io.procession.internal.queue;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of byte sequences as one process sees it. Safe for all threads. Where a duration may be null, that means for ever. That the queue was shut down is told as an
 * {@link ObjectEndedException} with {@link Ending#SHUT_DOWN}.
 */
public sealed interface QueueEngine permits HostedQueue, RemoteQueue, SharedEngine {
    /**
     * For whom items that are put are encoded: the owner. Who takes them is never known.
     *
     * @return null if it was not met yet
     */
    @Nullable
    EncodeTarget owner();

    /**
     * Meets the owner, if it answers; then {@link #owner} knows it.
     *
     * @param deadline until when to wait
     * @return false if it did not answer in time, and a put would not be in time either
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted
     */
    boolean meetOwner(Deadline deadline) throws ObjectEndedException, InterruptedException;

    /**
     * Puts an item.
     *
     * @param item not to be changed until this returns; then it is the caller's again
     * @param timeout how long to wait for room, and to be written, at most; zero waits only for the host's answer
     * @return false if there was no room in time, and the item is not put
     * @throws ObjectEndedException if the queue has ended or was shut down
     * @throws InterruptedException if the thread was interrupted, and the item is not put
     * @throws IllegalArgumentException if the item is larger than the queue
     */
    boolean put(Encoded item, @Nullable Duration timeout) throws ObjectEndedException, InterruptedException;

    /**
     * Puts items in their order, and waits for room. What fails has put the first of them, how many is told to the progress.
     *
     * @param items not to be changed until this returns
     * @param progress gets how many more were put, on the calling thread
     * @throws ObjectEndedException if the queue has ended or was shut down
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalArgumentException if one of them is larger than the queue; none is put
     */
    void putAll(List<Encoded> items, IntConsumer progress) throws ObjectEndedException, InterruptedException;

    /**
     * Takes an item.
     *
     * @param timeout how long to wait at most
     * @return the item, to be committed or given back; null if there was none in time
     * @throws ObjectEndedException if the queue has ended, or was shut down and no item can come any more
     * @throws InterruptedException if the thread was interrupted, and no item is taken
     */
    @Nullable
    Delivery take(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException;

    /**
     * Takes what is there.
     *
     * @param maxItems at least one
     * @return some items, to be committed or given back; null if there is none
     * @throws ObjectEndedException if the queue has ended, or was shut down and no item can come any more
     * @throws InterruptedException if the thread was interrupted, and no item is taken
     */
    @Nullable
    Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException;

    /**
     * Takes an item as soon as there is one, without a thread that waits. Never blocks, except that the first use in a process may connect.
     *
     * @param later gets it
     * @return to give up
     */
    Pending takeLater(Later later);

    /** Who gets an item later. Told once, on any thread, without a lock; must not block and runs no code of the user. */
    interface Later {
        /**
         * The item came.
         *
         * @param delivery to be committed or given back, on any thread
         */
        void served(Delivery delivery);

        /**
         * It will not come.
         *
         * @param why the queue has ended, was shut down, or cannot be reached
         */
        void failed(Exception why);
    }

    /** Somebody who waits without a thread. */
    interface Pending {
        /**
         * Gives up.
         *
         * @return true if nothing will come; false if something has come or is about to
         */
        boolean cancel();
    }

    /**
     * How full it is.
     *
     * @return as the host sees it
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted
     */
    Fill fill() throws ObjectEndedException, InterruptedException;

    /**
     * Lets nothing more be put, for all processes. When it returns, every process has been told, unless one does not answer for a second.
     *
     * @param immediate whether the items in it are dropped
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted; the queue is shut down all the same
     */
    void shutDown(boolean immediate) throws ObjectEndedException, InterruptedException;

    /**
     * Says that some items that were taken are done. For a joinable queue.
     *
     * @param items how many
     * @return -1; if fewer are unfinished, that number, and nothing has changed
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted; the items count as done all the same
     */
    long taskDone(int items) throws ObjectEndedException, InterruptedException;

    /**
     * Waits until all items are done. For a joinable queue.
     *
     * @param timeout how long at most
     * @return how that came; null if it did not in time
     * @throws ObjectEndedException if the queue has ended
     * @throws InterruptedException if the thread was interrupted
     */
    @Nullable
    Finished join(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException;

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
     * Where it lives, for a text.
     *
     * @return a few words
     */
    String whereabouts();

    /**
     * Whether it has no host: each process works on it by itself.
     *
     * @return false if items lie with its owner
     */
    default boolean isShared() {
        return false;
    }

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
     * @param room how many more it takes now; {@link Long#MAX_VALUE} if it has no bound
     */
    record Fill(long items, long room) {}

    /**
     * What may be put.
     *
     * @param capacity how many items there is room for; {@link Long#MAX_VALUE} if it has no bound
     * @param capacityBytes how many bytes they may have together; {@link Long#MAX_VALUE} if it has no bound
     */
    record Terms(long capacity, long capacityBytes) {
        boolean isBounded() {
            return capacity != Long.MAX_VALUE || capacityBytes != Long.MAX_VALUE;
        }
    }
}
