package io.procession.queue;

import static java.util.Objects.requireNonNull;

import io.procession.codec.SerializationException;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.Handle;
import io.procession.internal.codec.Portable;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.queue.Delivery;
import io.procession.internal.queue.QueueEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What every {@link Queue} is: objects above, bytes below. One for each queue and process. */
sealed class FamilyQueue<T extends @Nullable Object> implements Queue<T>, Portable permits FamilyJoinableQueue {
    private static final long EXIT_GRACE_NANOS = 1_000_000_000;

    private final QueueEngine engine;
    private final Codec codec = Codec.standard();

    /** Items contain the shapes they need; those of one queue are often the same. */
    private final ShapeTable shapes = new ShapeTable();

    private volatile @Nullable BiConsumer<? super T, ? super SerializationException> unserializable;

    FamilyQueue(QueueEngine engine) {
        this.engine = engine;
    }

    @SuppressWarnings("unchecked") // a queue is what its users say it holds, as an erased collection is
    static <T extends @Nullable Object> Queue<T> of(QueueEngine engine) {
        return (Queue<T>) engine.face(FamilyQueue<T>::new);
    }

    final QueueEngine engine() {
        return engine;
    }

    @Override
    public void put(T item) throws InterruptedException {
        put(item, null);
    }

    @Override
    public boolean offer(T item) throws InterruptedException {
        return put(item, Duration.ZERO);
    }

    @Override
    public boolean offer(T item, Duration timeout) throws InterruptedException {
        return put(item, requireNonNull(timeout, "timeout"));
    }

    @Override
    public void putAll(Iterable<? extends T> items) throws InterruptedException {
        PutAll all = new PutAll(engine);
        Iterator<? extends T> source = items.iterator();
        boolean more = true;
        while (more) {
            Encoded encoded = null;
            try {
                more = source.hasNext();
                if (more) {
                    T item = source.next();
                    encoded = encode(item);
                    if (mustMeetOwner(encoded)) {
                        meetOwner(Deadline.after(null));
                        encoded = encode(item);
                    }
                }
            } catch (RuntimeException | Error failure) { // of the item, the hook or the source: what came before is put
                all.flush();
                throw failure;
            }
            if (encoded != null) {
                all.add(encoded);
            }
        }
        all.flush();
    }

    @Override
    @SuppressWarnings("NullAway") // null is an item like any other, if T allows it
    public T take() throws InterruptedException {
        try {
            Delivery delivery = engine.take(null);
            while (delivery == null) {
                delivery = engine.take(null);
            }
            return first(delivery);
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    @Override
    public @Nullable T poll() throws InterruptedException {
        try {
            Delivery delivery = engine.poll(1);
            return delivery == null ? null : first(delivery);
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    @Override
    public @Nullable T poll(Duration timeout) throws InterruptedException {
        if (requireNonNull(timeout, "timeout").isZero() || timeout.isNegative()) {
            return poll();
        }
        try {
            Delivery delivery = engine.take(timeout);
            return delivery == null ? null : first(delivery);
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    @Override
    public List<T> drain(int maxItems) throws InterruptedException {
        if (maxItems < 1) {
            throw new IllegalArgumentException("at least 1 item: " + maxItems);
        }
        try {
            Delivery delivery = engine.poll(maxItems);
            return delivery == null ? List.of() : all(delivery);
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    @Override
    public CompletableFuture<T> takeAsync() {
        TakeFuture<T> future = new TakeFuture<>(this);
        future.begin(engine);
        return future;
    }

    @Override
    public Stream<T> stream() {
        return StreamSupport.stream(new TakenItems<>(this), false);
    }

    @Override
    public int size() throws InterruptedException {
        return (int) Math.min(fill().items(), Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() throws InterruptedException {
        return fill().items() == 0;
    }

    @Override
    public int remainingCapacity() throws InterruptedException {
        return (int) Math.min(fill().room(), Integer.MAX_VALUE);
    }

    @Override
    public void onUnserializable(@Nullable BiConsumer<? super T, ? super SerializationException> hook) {
        unserializable = hook;
    }

    @Override
    public void shutdown() throws InterruptedException {
        shutDown(false);
    }

    @Override
    public void shutdownNow() throws InterruptedException {
        shutDown(true);
    }

    @Override
    public QueuePlacement placement() {
        return engine.isShared() ? QueuePlacement.SHARED : QueuePlacement.HOSTED;
    }

    @Override
    public boolean isClosed() {
        return engine.ending() != null;
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public Handle handle() {
        return engine.handle();
    }

    @Override
    public String toString() {
        Ending ending = engine.ending();
        return "Queue " + engine.whereabouts() + (ending == null ? "" : ", which " + ending.text());
    }

    private boolean put(T item, @Nullable Duration timeout) throws InterruptedException {
        Encoded encoded = encode(item);
        Duration left = timeout;
        if (mustMeetOwner(encoded)) {
            boolean waits = timeout != null && !timeout.isZero() && !timeout.isNegative();
            Deadline deadline = Deadline.after(waits ? timeout : null);
            if (!meetOwner(deadline)) {
                return false;
            }
            if (waits && deadline.hasPassed()) {
                return false;
            }
            left = waits ? deadline.left() : timeout;
            encoded = encode(item);
        }
        try {
            return encoded == null || engine.put(encoded, left);
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    /** Whether the item contains a handle and it is not known yet whether the owner could use it. */
    private boolean mustMeetOwner(@Nullable Encoded item) {
        return item != null && item.hasHandles() && engine.owner() == null;
    }

    private boolean meetOwner(Deadline deadline) throws InterruptedException {
        try {
            return engine.meetOwner(deadline);
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    /** Null if the item was left to the hook. */
    private @Nullable Encoded encode(T item) {
        try {
            EncodeTarget owner = engine.owner();
            return codec.encodeSelfContained(item, owner == null ? EncodeTarget.ANYONE : owner);
        } catch (SerializationException refusal) {
            BiConsumer<? super T, ? super SerializationException> hook = unserializable;
            if (hook == null) {
                throw refusal;
            }
            hook.accept(item, refusal);
            return null;
        }
    }

    private void shutDown(boolean immediate) throws InterruptedException {
        try {
            engine.shutDown(immediate);
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    private QueueEngine.Fill fill() throws InterruptedException {
        try {
            return engine.fill();
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    /** The item of a delivery that has one, taken for good. */
    final T first(Delivery delivery) throws ObjectEndedException {
        T item;
        try {
            item = decode(delivery, 0);
        } catch (OutOfMemoryError full) {
            delivery.commit(0); // the item is not to blame
            throw full;
        } catch (RuntimeException | Error undecodable) {
            delivery.commit(1); // or it would come again for ever
            throw undecodable;
        }
        delivery.commit(1);
        return item;
    }

    private List<T> all(Delivery delivery) throws ObjectEndedException {
        List<T> items = new ArrayList<>();
        try {
            for (int i = 0; i < delivery.size(); i++) {
                items.add(decode(delivery, i));
            }
        } catch (RuntimeException | Error undecodable) {
            boolean toBlame = items.isEmpty() && !(undecodable instanceof OutOfMemoryError);
            delivery.commit(toBlame ? 1 : items.size());
            if (items.isEmpty()) {
                throw undecodable;
            }
            return items; // the next call meets the item that cannot be decoded first
        }
        delivery.commit(items.size());
        return items;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // see of(); null is an item like any other
    private T decode(Delivery delivery, int index) {
        return (T) codec.decode(delivery.item(index), shapes);
    }

    /** What a user is told of the end, by the thread that he waits with. */
    static QueueClosedException closed(Ending ending) {
        if (ending.reason() == Ending.Reason.EXITING) {
            // The JVM is about to halt. A thread that waited need not print a stack trace before; one that the exit
            // itself waits for is told later.
            LockSupport.parkNanos(EXIT_GRACE_NANOS);
        }
        return told(ending);
    }

    static QueueClosedException told(Ending ending) {
        QueueClosedException.Reason reason = switch (ending.reason()) {
            case CLOSED_BY_OWNER -> QueueClosedException.Reason.CLOSED_BY_OWNER;
            case HOST_ENDED -> QueueClosedException.Reason.OWNER_ENDED;
            case CLOSED_HERE, EXITING -> QueueClosedException.Reason.CLOSED_HERE;
            case UNREACHABLE -> QueueClosedException.Reason.UNREACHABLE;
            case LINK_BROKEN -> QueueClosedException.Reason.LINK_BROKEN;
            case SHUT_DOWN -> QueueClosedException.Reason.SHUT_DOWN;
        };
        return new QueueClosedException(reason, "the queue " + ending.text());
    }
}
