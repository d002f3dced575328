package io.procession.queue;

import static java.util.Objects.requireNonNull;

import io.procession.codec.SerializationException;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.queue.HostedQueue;
import io.procession.internal.queue.QueueEngine;
import io.procession.internal.queue.QueueEngines;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A first-in-first-out queue that any thread of any process of the family may put into and take from. The counterpart of Python's {@code multiprocessing.Queue}.
 *
 * <p><b>Where it lives.</b> In the process that created it, its <em>owner</em>; its items lie in memory that all processes share where the transport offers that, else with the owner ({@link QueuePlacement} says what that changes). Others get it by a lambda that captures it, as an argument, as a result, or as an item of another
 * queue: what arrives is the same queue, and grandchildren reach the owner directly.
 *
 * <p><b>Who can get it.</b> Processes that have its transport. Whatever contains a queue is refused with a {@link SerializationException} that names the transport and the receiver, where it is sent and not where it arrives, if the
 * receiver lacks it: a task by the pool, a result by the worker, what a process captures at its start, an item by who puts it, for the owner of the queue it is put into. Who takes an item is not known before: one
 * that lacks the transport gets the item whole and can hand it on, and using the queue in it fails with an {@link IllegalStateException} that names the transport.
 *
 * <p><b>What is promised.</b> Items are copies: each is encoded by the thread that puts and decoded by the thread that takes. When {@code put} returns, the item is out of the
 * hands of its process and survives its {@code kill -9}; only one that was interrupted, or ran out of time, when the transport had its last bytes already counts as put before that
 * is sure, which can be long if the owner's process is stopped. An item comes to one taker; a taker that dies before its {@code take} returned has not taken it, and it comes
 * first to somebody else. Items of one producer come in the order in which it put them, except those that come again. Takers and putters that wait are served in order ({@link QueuePlacement#SHARED} says what holds there). Null is an item like any other.
 *
 * <p><b>How it ends.</b> By {@link #close()} of the owner, or the end of the owner's process; items still in it are gone, and everyone who uses it or waits gets a
 * {@link QueueClosedException} at once. Gentler is {@link #shutdown()}, by any process: nothing more is put, and what is there can still be taken.
 *
 * <p><b>What runs ahead.</b> To a process that takes again and again in quick succession items are sent before they are asked for: as many as it handles in about two milliseconds, at most 256 and a
 * quarter of the bound. No thread has them yet: they count in {@link #size()}, come to somebody else if that process dies, and are asked back when somebody waits for
 * an item elsewhere; only while a process is stopped (SIGSTOP) they stay with it. Who handles items slowly gets one at a time.
 * To a process that puts into a bounded queue of at least 64 items with plenty of room, places are granted ahead, at most a quarter of those that are free: they count in {@link #remainingCapacity()}, and are asked
 * back when somebody else needs room; only a process that is stopped keeps them. An {@code offer} that does not wait for room waits for their return; for that of one that does not answer 20 ms, and after that not again until it
 * answers.
 *
 * <p>Every method that may have to ask the owner can be interrupted; an interrupted call has put, or taken, nothing, unless it says otherwise.
 *
 * @param <T> what the items are
 */
public sealed interface Queue<T extends @Nullable Object> extends AutoCloseable permits FamilyQueue, JoinableQueue {
    /**
     * Creates a queue that takes any number of items, as far as the memory of this process goes.
     *
     * @param <T> what the items are
     * @return a queue that this process owns
     * @throws IllegalStateException if no transport can be used; the text says why and what to add
     */
    static <T extends @Nullable Object> Queue<T> create() {
        return Queue.<T>builder().create();
    }

    /**
     * Creates a queue that holds a limited number of items.
     *
     * @param capacity how many, at least 1
     * @param <T> what the items are
     * @return a queue that this process owns
     * @throws IllegalArgumentException if the capacity is less than 1
     * @throws IllegalStateException if no transport can be used; the text says why and what to add
     */
    static <T extends @Nullable Object> Queue<T> bounded(int capacity) {
        return Queue.<T>builder().capacity(capacity).create();
    }

    /**
     * Begins a queue with options.
     *
     * @param <T> what the items are
     * @return a builder of an unbounded queue over the default transport
     */
    static <T extends @Nullable Object> Builder<T> builder() {
        return new Builder<>();
    }

    /**
     * Puts an item, and waits for room if there is none.
     *
     * @param item may be null; may be changed after this returned
     * @throws InterruptedException if the thread was interrupted; the item is not put
     * @throws QueueClosedException if the queue has ended
     * @throws io.procession.codec.SerializationException if the item cannot be encoded, or contains a queue that the owner of this one cannot reach; the text has the path of the part to blame
     * @throws IllegalArgumentException if the item is larger than the queue, see {@link Builder#capacityBytes}
     */
    void put(T item) throws InterruptedException;

    /**
     * Puts an item if there is room now. Waits only for the owner's answer, which may have to ask back places that others have ahead, and for the item to be out of this process.
     *
     * @param item may be null; may be changed after this returned
     * @return false if the queue is full, and the item is not put
     * @throws InterruptedException if the thread was interrupted; the item is not put
     * @throws QueueClosedException if the queue has ended
     * @throws io.procession.codec.SerializationException if the item cannot be encoded, or contains a queue that the owner of this one cannot reach; the text has the path of the part to blame
     * @throws IllegalArgumentException if the item is larger than the queue, see {@link Builder#capacityBytes}
     */
    boolean offer(T item) throws InterruptedException;

    /**
     * Puts an item, and waits so long for room if there is none.
     *
     * @param item may be null; may be changed after this returned
     * @param timeout how long at most; zero or less is {@link #offer(Object)}
     * @return false if it was too short, and the item is not put
     * @throws InterruptedException if the thread was interrupted; the item is not put
     * @throws QueueClosedException if the queue has ended
     * @throws io.procession.codec.SerializationException if the item cannot be encoded, or contains a queue that the owner of this one cannot reach; the text has the path of the part to blame
     * @throws IllegalArgumentException if the item is larger than the queue, see {@link Builder#capacityBytes}
     */
    boolean offer(T item, Duration timeout) throws InterruptedException;

    /**
     * Puts items in their order, and waits for room where there is none. Many small ones travel together, which is several times faster than one by one; so an item may wait in this process
     * until the source has given up to 255 more, and who puts items as they come uses {@link #put}. If the source itself fails, what it gave before is put.
     *
     * @param items may contain nulls; may be changed after this returned
     * @throws InterruptedException if the thread was interrupted; the text says how many of the first items are put
     * @throws QueueClosedException if the queue has ended; the text says how many of the first items are put
     * @throws io.procession.codec.SerializationException if an item cannot be encoded; those before it are put
     * @throws IllegalArgumentException if an item is larger than the queue, see {@link Builder#capacityBytes}; some of those before it may be put
     */
    void putAll(Iterable<? extends T> items) throws InterruptedException;

    /**
     * Takes the first item, and waits for one if there is none.
     *
     * @return the item, which may be null
     * @throws InterruptedException if the thread was interrupted; nothing is taken
     * @throws QueueClosedException if the queue has ended
     * @throws io.procession.codec.SerializationException if the item cannot be decoded here, for instance because its class is missing; it is
     *     taken, and the next call gets the next
     */
    T take() throws InterruptedException;

    /**
     * Takes the first item if there is one now. Waits only for the owner's answer.
     *
     * @return the item; null if there is none, or if it was null: who puts nulls uses {@link #drain drain(1)}
     * @throws InterruptedException if the thread was interrupted; nothing is taken
     * @throws QueueClosedException if the queue has ended
     * @throws io.procession.codec.SerializationException if the item cannot be decoded here; it is taken
     */
    @Nullable
    T poll() throws InterruptedException;

    /**
     * Takes the first item, and waits so long for one if there is none.
     *
     * @param timeout how long at most; zero or less is {@link #poll()}
     * @return the item; null if none came in time, or if it was null: who puts nulls uses {@link #take()} or {@link #drain drain(1)}
     * @throws InterruptedException if the thread was interrupted; nothing is taken
     * @throws QueueClosedException if the queue has ended
     * @throws io.procession.codec.SerializationException if the item cannot be decoded here; it is taken
     */
    @Nullable
    T poll(Duration timeout) throws InterruptedException;

    /**
     * Takes at once what is there, at most so many items and about a MiB. One question to the owner serves them all.
     *
     * @param maxItems at least 1
     * @return the items, among which may be nulls, in order; empty if there is none
     * @throws InterruptedException if the thread was interrupted; nothing is taken
     * @throws QueueClosedException if the queue has ended
     * @throws io.procession.codec.SerializationException if the first item cannot be decoded here; it alone is taken
     */
    List<T> drain(int maxItems) throws InterruptedException;

    /**
     * Takes the first item as soon as there is one, without a thread that waits. Blocks only while this process connects to the owner for the first time.
     *
     * <p>A future that is cancelled, or completed by somebody else ({@link CompletableFuture#orTimeout orTimeout}), has taken nothing; to cancel it is refused once the item is on its way to
     * it. Items are decoded, and dependent stages run, on daemon threads of the library. Those of one process that wait are served in the order of their calls; in a hosted queue also with threads that wait, while in one that is
     * {@link QueuePlacement#SHARED} one thread of the library waits for all of them, and they keep their order only among themselves.
     *
     * @return the item, which may be null; fails with {@link QueueClosedException} or {@link io.procession.codec.SerializationException} as {@link #take()} does, and with
     *     {@link InterruptedException} if this thread was interrupted while it connected; it stays interrupted, and nothing is taken
     */
    CompletableFuture<T> takeAsync();

    /**
     * Takes items, one for each element that is asked of the stream, until the queue is {@linkplain #shutdown shut down} and empty. Sequential, and cannot be made parallel; {@code limit(n)} takes n items
     * and no more. The stream need not be closed.
     *
     * <p>Waiting can be interrupted: the terminal operation fails with a {@link CancellationException}, and the thread stays interrupted. If the queue ends otherwise, it fails
     * with {@link QueueClosedException}.
     *
     * @return a stream of taken items
     */
    Stream<T> stream();

    /**
     * How many items wait to be taken, at the moment at which the owner was asked.
     *
     * @return the number; those that a thread has been given do not count, even before its {@code take} returned
     * @throws InterruptedException if the thread was interrupted
     * @throws QueueClosedException if the queue has ended
     */
    int size() throws InterruptedException;

    /**
     * Whether no item waits to be taken, at the moment at which the owner was asked.
     *
     * @return true if {@link #size()} is 0
     * @throws InterruptedException if the thread was interrupted
     * @throws QueueClosedException if the queue has ended
     */
    boolean isEmpty() throws InterruptedException;

    /**
     * How many more items have room, at the moment at which the owner was asked.
     *
     * @return the number; {@link Integer#MAX_VALUE} if there is no bound
     * @throws InterruptedException if the thread was interrupted
     * @throws QueueClosedException if the queue has ended
     */
    int remainingCapacity() throws InterruptedException;

    /**
     * Where the items lie.
     *
     * @return the same in all processes
     */
    QueuePlacement placement();

    /**
     * Whether the queue has ended, as far as this process knows. Asks nobody.
     *
     * @return true if every further use fails
     */
    boolean isClosed();

    /**
     * Says what becomes of items that this process cannot encode, instead of an exception for who puts them.
     *
     * <p>With a hook, {@code put} of such an item calls it on the same thread and returns, {@code offer} returns true: the item is dealt with, and takes no room. What the hook throws comes out of the
     * {@code put}. It counts for this process alone.
     *
     * @param hook gets the item and why it cannot be encoded; null for none
     */
    void onUnserializable(@Nullable BiConsumer<? super T, ? super SerializationException> hook);

    /**
     * Lets nothing more be put, in any process: those who put or wait for room get a {@link QueueClosedException}. What is in the queue can be taken; who takes when nothing is left
     * and nothing can come back from a taker that dies gets the exception as well. May be called by any process. Idempotent.
     *
     * <p>Returns when every process has been told and has no {@code put} under way, or one of them has not answered for a second, which is then most likely stopped.
     *
     * @throws InterruptedException if the thread was interrupted; the queue is shut down all the same
     * @throws QueueClosedException if the queue has ended
     */
    void shutdown() throws InterruptedException;

    /**
     * As {@link #shutdown()}, and drops what is in the queue: nothing more is taken.
     *
     * @throws InterruptedException if the thread was interrupted; the queue is shut down all the same
     * @throws QueueClosedException if the queue has ended
     */
    void shutdownNow() throws InterruptedException;

    /**
     * Ends the queue. In the process that owns it, for everyone, and items still in it are gone; in any other, for that process, and the queue lives on. Idempotent, does not
     * block.
     */
    @Override
    void close();

    /**
     * The options of a queue. Not safe for several threads.
     *
     * @param <T> what the items are
     */
    final class Builder<T extends @Nullable Object> {
        private static final Logger LOG = LoggerFactory.getLogger(Queue.class);
        private static final String HOSTED_INSTEAD =
                "the items of a queue lie with this process, not in shared memory: {}";

        /** Whether this process has said once that there is no room in shared memory. */
        private static final AtomicBoolean TOLD = new AtomicBoolean();

        private long capacity = Long.MAX_VALUE;
        private long capacityBytes = Long.MAX_VALUE;
        private @Nullable String transport;
        private @Nullable QueuePlacement placement;

        Builder() {}

        /**
         * Limits the number of items. In a hosted queue ({@link QueuePlacement#HOSTED}) what has run ahead to a process that takes comes on top: at most a quarter of the bound in an answer, two of which may be under way.
         *
         * @param items how many the queue holds, at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder<T> capacity(int items) {
            if (items < 1) {
                throw new IllegalArgumentException("the capacity of a queue is at least 1: " + items);
            }
            capacity = items;
            return this;
        }

        /**
         * Limits the memory that items take. Larger single items are refused with an {@link IllegalArgumentException} when they are put.
         *
         * @param bytes how many bytes the items in the queue have together when encoded, at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder<T> capacityBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("the capacity of a queue is at least 1 byte: " + bytes);
            }
            capacityBytes = bytes;
            return this;
        }

        /**
         * Chooses how other processes reach the queue.
         *
         * @param id such as {@code pipe}
         * @return this
         */
        public Builder<T> transport(String id) {
            transport = requireNonNull(id, "id");
            return this;
        }

        /**
         * Chooses where the items lie. Without this the system property {@code procession.queue.placement} says it for all queues of the process and its children: {@code hosted} means with the owner; {@code shared} in shared
         * memory wherever the transport offers that and there is room for one more queue, else with the owner, and the log says why. Without either it is as with {@code shared}, but only at {@code debug} is it logged that a transport
         * does not offer it. That there is no room is a warning, once in a process.
         *
         * @param where used, or {@link #create()} fails
         * @return this
         */
        public Builder<T> placement(QueuePlacement where) {
            placement = requireNonNull(where, "where");
            return this;
        }

        /**
         * Creates the queue.
         *
         * @return a queue that this process owns
         * @throws IllegalStateException if the transport, or any if none was named, cannot be used, or does not offer the placement that was chosen here; the text says why and what to add
         * @throws IllegalArgumentException if the system property {@code procession.queue.placement} is neither {@code hosted} nor {@code shared}
         * @throws UncheckedIOException if {@link QueuePlacement#SHARED} was chosen here and there is no room for a queue in shared memory; the text says what to do
         */
        public Queue<T> create() {
            if (placement == QueuePlacement.SHARED) {
                return FamilyQueue.of(share());
            }
            QueueEngine shared = placement == null ? shareIfPossible() : null;
            return FamilyQueue.of(shared == null ? host(false, QueueResolver.class) : shared);
        }

        private QueueEngine share() {
            String whyNot = QueueEngines.whyNotShared(Hosting.current(), transport);
            if (whyNot != null) {
                throw new IllegalStateException("a queue cannot lie in shared memory: " + whyNot);
            }
            HostedQueue.Form form =
                    new HostedQueue.Form(capacity, capacityBytes, false, SharedQueueResolver.class.getName());
            return QueueEngines.share(Hosting.current(), form, transport);
        }

        private @Nullable QueueEngine shareIfPossible() {
            QueuePlacement wanted = QueuePlacement.configured();
            if (wanted == QueuePlacement.HOSTED) {
                return null;
            }
            String whyNot = QueueEngines.whyNotShared(Hosting.current(), transport);
            if (whyNot != null) {
                LOG.atLevel(wanted == null ? Level.DEBUG : Level.INFO).log(HOSTED_INSTEAD, whyNot);
                return null;
            }
            try {
                return share();
            } catch (UncheckedIOException noRoom) {
                LOG.atLevel(TOLD.getAndSet(true) ? Level.DEBUG : Level.WARN).log(HOSTED_INSTEAD, noRoom.getMessage());
                return null;
            }
        }

        /**
         * Creates a queue that counts what is done. Its items always lie with this process, since the count does.
         *
         * @return a queue that this process owns
         * @throws IllegalStateException if the transport, or any if none was named, cannot be used; the text says why and what to add
         */
        public JoinableQueue<T> createJoinable() {
            if (placement == QueuePlacement.SHARED) {
                throw new IllegalStateException(
                        "a joinable queue cannot lie in shared memory, since its owner counts what is done; create it without a placement");
            }
            return FamilyJoinableQueue.joinable(host(true, JoinableQueueResolver.class));
        }

        private HostedQueue host(boolean joinable, Class<?> resolver) {
            Hosting hosting = Hosting.current();
            hosting.connections()
                    .transports()
                    .select(transport); // fails here rather than where the queue is first sent
            HostedQueue.Form form = new HostedQueue.Form(capacity, capacityBytes, joinable, resolver.getName());
            return new HostedQueue(hosting, form, transport);
        }
    }
}
