package io.procession.internal.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Deadline;
import io.procession.internal.connection.Sent;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.Evidence;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.RemoteView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A queue that another process owns, as this one sees it. Takes go through {@link Takers}, puts ask for a place first if the queue is bounded. */
public final class RemoteQueue implements QueueEngine, RemoteView {
    private static final int MAX_RESERVATIONS = 1024;

    private final RemoteObject object;
    private final Handle handle;
    private final Takers takers;
    private final Semaphore unanswered = new Semaphore(MAX_RESERVATIONS, true);
    private final Set<Reservation> reservations = ConcurrentHashMap.newKeySet();
    private volatile long capacity; // 0 until the host told it
    private volatile boolean closedHere;
    private @Nullable Object face; // guarded by this

    RemoteQueue(RemoteObject object, Handle handle, Evidence evidence) {
        this.object = object;
        this.handle = handle;
        this.takers = new Takers(object, evidence);
    }

    @Override
    public boolean put(List<ByteBuffer> item, @Nullable Duration timeout)
            throws ObjectEndedException, InterruptedException {
        // Without a wait for room, the host's answer and the way out are waited for all the same.
        boolean wait = timeout == null || (!timeout.isZero() && !timeout.isNegative());
        Deadline deadline = Deadline.after(wait ? timeout : null);
        check();
        if (!object.connect(deadline)) {
            return false;
        }
        boolean bounded = isBounded(deadline);
        if (capacity == 0 || (bounded && !reserve(wait, deadline))) {
            return false;
        }
        boolean sent = false;
        try {
            sent = send(item, deadline);
            return sent;
        } finally {
            if (bounded && !sent && object.ending() == null) {
                object.cast(QueueWire.alone(QueueWire.RELEASE));
            }
        }
    }

    @Override
    public @Nullable Delivery take(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        check();
        return object.connect(deadline) ? takers.take(deadline) : null;
    }

    @Override
    public @Nullable Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException {
        check();
        object.connect(Deadline.after(null));
        return takers.poll(maxItems);
    }

    @Override
    public Fill fill() throws ObjectEndedException, InterruptedException {
        check();
        Deadline never = Deadline.after(null);
        object.connect(never);
        Fill fill = askFill(never);
        if (fill == null) {
            throw new IllegalStateException("the deadline that never comes came");
        }
        return fill;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closedHere || object.ending() != null) {
                return;
            }
            closedHere = true;
        }
        // The object itself does not end: what is on its way to here still comes, and is given back.
        takers.end(Ending.CLOSED_HERE);
        reservations.forEach(Reservation::close);
        unanswered.release(Integer.MAX_VALUE / 2); // who waits for his turn to ask finds that he need not
    }

    @Override
    public @Nullable Ending ending() {
        return closedHere ? Ending.CLOSED_HERE : object.ending();
    }

    @Override
    public Handle handle() {
        Ending end = ending();
        if (end != null) {
            throw new IllegalStateException("the queue " + end.text());
        }
        return handle;
    }

    @Override
    public synchronized Object face(Function<QueueEngine, Object> maker) {
        if (face == null) {
            face = maker.apply(this);
        }
        return face;
    }

    @Override
    public void onEnded(Ending ending) {
        takers.end(ending);
    }

    private void check() throws ObjectEndedException {
        if (closedHere) {
            throw new ObjectEndedException(Ending.CLOSED_HERE);
        }
    }

    private boolean reserve(boolean wait, Deadline deadline) throws ObjectEndedException, InterruptedException {
        Reservation reservation = new Reservation(object, unanswered);
        reservations.add(reservation);
        try {
            check(); // either this sees the close, or the close sees the reservation
            return reservation.await(wait, deadline);
        } finally {
            reservations.remove(reservation);
        }
    }

    private boolean isBounded(Deadline deadline) throws ObjectEndedException, InterruptedException {
        if (capacity == 0) {
            Fill fill = askFill(deadline);
            if (fill != null) {
                capacity = fill.capacity();
            }
        }
        return capacity != Long.MAX_VALUE;
    }

    private @Nullable Fill askFill(Deadline deadline) throws ObjectEndedException, InterruptedException {
        CompletableFuture<ByteBuffer> answer = object.ask(QueueWire.alone(QueueWire.FILL));
        try {
            return QueueWire.fill(answer.get(deadline.leftNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return null;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof ObjectEndedException ended) {
                throw ended;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    /** Sends an item and waits until it is in the kernel; false if the time was too short, or it throws, and then the item is not sent. */
    private boolean send(List<ByteBuffer> item, Deadline deadline) throws ObjectEndedException, InterruptedException {
        ByteBuffer[] parts = new ByteBuffer[item.size() + 1];
        parts[0] = QueueWire.alone(QueueWire.PUT);
        for (int i = 0; i < item.size(); i++) {
            parts[i + 1] = item.get(i);
        }
        Sent sent = object.cast(parts);
        try {
            return sent.await(deadline.left()) || !sent.withdraw();
        } catch (InterruptedException interrupt) {
            if (sent.withdraw()) {
                throw interrupt;
            }
            // Every byte is with the link, and the item will arrive: it is put, and the interrupt is for what the
            // thread waits for next.
            Thread.currentThread().interrupt();
            return true;
        } catch (IOException ended) {
            throw new ObjectEndedException(object.endingAfter(ended));
        }
    }
}
