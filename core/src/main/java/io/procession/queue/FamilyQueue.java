package io.procession.queue;

import static java.util.Objects.requireNonNull;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Handle;
import io.procession.internal.codec.Portable;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.queue.Delivery;
import io.procession.internal.queue.QueueEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The only kind of {@link Queue}: objects above, bytes below. One for each queue and process. */
final class FamilyQueue<T extends @Nullable Object> implements Queue<T>, Portable {
    private static final long EXIT_GRACE_NANOS = 1_000_000_000;

    private final QueueEngine engine;
    private final Codec codec = Codec.standard();

    /** Items contain the shapes they need; those of one queue are often the same. */
    private final ShapeTable shapes = new ShapeTable();

    private FamilyQueue(QueueEngine engine) {
        this.engine = engine;
    }

    @SuppressWarnings("unchecked") // a queue is what its users say it holds, as an erased collection is
    static <T extends @Nullable Object> Queue<T> of(QueueEngine engine) {
        return (Queue<T>) engine.face(FamilyQueue<T>::new);
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
        return "Queue" + (ending == null ? "" : " that " + ending.text());
    }

    private boolean put(T item, @Nullable Duration timeout) throws InterruptedException {
        try {
            return engine.put(codec.encodeSelfContained(item).parts(), timeout);
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

    private @Nullable T first(Delivery delivery) throws ObjectEndedException, InterruptedException {
        T item;
        try {
            item = decode(delivery.items().get(0));
        } catch (OutOfMemoryError full) {
            delivery.giveBack(0); // the item is not to blame
            throw full;
        } catch (RuntimeException | Error undecodable) {
            delivery.commit(); // or it would come again for ever
            throw undecodable;
        }
        delivery.commit();
        return item;
    }

    private List<T> all(Delivery delivery) throws ObjectEndedException, InterruptedException {
        List<ByteBuffer> encoded = delivery.items();
        List<T> items = new ArrayList<>(encoded.size());
        try {
            for (ByteBuffer bytes : encoded) {
                items.add(decode(bytes));
            }
        } catch (RuntimeException | Error undecodable) {
            if (items.isEmpty() && undecodable instanceof OutOfMemoryError) {
                delivery.giveBack(0);
                throw undecodable;
            }
            int taken = Math.max(1, items.size());
            keep(delivery, taken);
            if (items.isEmpty()) {
                throw undecodable;
            }
            return items; // the next call meets the item that cannot be decoded first
        }
        delivery.commit();
        return items;
    }

    /** Gives back all but the first so many, and takes those. If it is interrupted, all are given back. */
    private static void keep(Delivery delivery, int taken) throws ObjectEndedException, InterruptedException {
        boolean told = false;
        try {
            delivery.giveBack(taken);
            told = true;
        } finally {
            if (!told) {
                delivery.giveBack(0);
            }
        }
        delivery.commit();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // see of(); null is an item like any other
    private T decode(ByteBuffer bytes) {
        return (T) codec.decode(bytes, shapes);
    }

    private static QueueClosedException closed(Ending ending) {
        if (ending.reason() == Ending.Reason.EXITING) {
            // The JVM is about to halt. A thread that waited need not print a stack trace before; one that the exit
            // itself waits for is told later.
            LockSupport.parkNanos(EXIT_GRACE_NANOS);
        }
        QueueClosedException.Reason reason = switch (ending.reason()) {
            case CLOSED_BY_OWNER -> QueueClosedException.Reason.CLOSED_BY_OWNER;
            case HOST_ENDED -> QueueClosedException.Reason.OWNER_ENDED;
            case CLOSED_HERE, EXITING -> QueueClosedException.Reason.CLOSED_HERE;
            case UNREACHABLE -> QueueClosedException.Reason.UNREACHABLE;
            case LINK_BROKEN -> QueueClosedException.Reason.LINK_BROKEN;
        };
        return new QueueClosedException(reason, "the queue " + ending.text());
    }
}
