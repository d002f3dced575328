package io.procession.internal.queue;

import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Deadline;
import io.procession.internal.connection.Listening;
import io.procession.internal.hosting.Call;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.HostedObject;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.hosting.ObjectEndedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A queue in the process that owns it: the only place that knows all items, all who wait and who has what. Callers of this process use it directly, others through
 * {@link Client}.
 *
 * <p>One lock guards everything here and in the clients. Nothing is sent under it: answers are collected, each client's in order, and sent after it is released.
 *
 * <p>Invariants, whenever the lock is free: nobody waits to take while there is an item; nobody waits for room while there is some.
 */
public final class HostedQueue implements QueueEngine, HostedObject {
    /** One answer to a {@code TAKE} of many ends here, unless its first item alone is larger. */
    private static final int BATCH_BYTES = 1 << 20;

    /** Who waits for items, or for room. */
    interface Waiter {
        /** Gets what he waits for: items, or null for room. Called once, under the lock, after he was taken out of the line. */
        void serve(@Nullable List<ByteBuffer> items);
    }

    private final Hosting hosting;
    private final @Nullable String transportId;
    private final String resolver;
    private final long capacity;
    private final long objectId;

    private final ReentrantLock lock = new ReentrantLock();
    // All below guarded by lock.
    private final Deque<ByteBuffer> items = new ArrayDeque<>();
    private final Set<Waiter> takers = new LinkedHashSet<>();
    private final Set<Waiter> putters = new LinkedHashSet<>();
    private final Map<Connection, Client> clients = new HashMap<>();
    private final Set<Client> unsent = new LinkedHashSet<>();
    private long reserved;
    private @Nullable Listening listening; // from the first handle on
    private @Nullable Ending ending;
    private @Nullable Object face;

    /**
     * Makes a queue and hosts it.
     *
     * @param hosting of this process
     * @param capacity the bound, at least one; {@link Long#MAX_VALUE} for none
     * @param transportId how other processes shall reach it, or null for the default
     * @param resolver who makes something of its handle
     */
    public HostedQueue(Hosting hosting, long capacity, @Nullable String transportId, String resolver) {
        this.hosting = hosting;
        this.capacity = capacity;
        this.transportId = transportId;
        this.resolver = resolver;
        this.objectId = hosting.host(this);
    }

    @Override
    public boolean put(List<ByteBuffer> item, @Nullable Duration timeout)
            throws ObjectEndedException, InterruptedException {
        ByteBuffer copy = joined(item);
        Deadline deadline = Deadline.after(timeout);
        lock.lockInterruptibly();
        try {
            check();
            if (!hasRoom()) {
                LocalWaiter me = new LocalWaiter();
                if (deadline.hasPassed() || !await(me, putters, deadline)) {
                    return false;
                }
                reserved--; // the place that was kept for this item
                check(); // it may have been closed between the grant and now
            }
            items.add(copy);
            serve();
            return true;
        } finally {
            unlockAndSend();
        }
    }

    @Override
    public @Nullable Delivery take(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        lock.lockInterruptibly();
        try {
            check();
            if (!items.isEmpty()) {
                return delivery(first(1));
            }
            LocalWaiter me = new LocalWaiter();
            return deadline.hasPassed() || !await(me, takers, deadline) ? null : delivery(me.items());
        } finally {
            unlockAndSend();
        }
    }

    @Override
    public @Nullable Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException {
        lock.lockInterruptibly();
        try {
            check();
            return items.isEmpty() ? null : delivery(first(maxItems));
        } finally {
            unlockAndSend();
        }
    }

    @Override
    public Fill fill() throws ObjectEndedException {
        lock.lock();
        try {
            check();
            return fillNow();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Listening lease;
        lock.lock();
        try {
            if (ending != null) {
                return;
            }
            lease = listening;
            ending = Ending.CLOSED_BY_OWNER;
            items.clear();
            clients.values().forEach(Client::forget);
            clients.clear();
            List<Waiter> waiting = new ArrayList<>(takers);
            waiting.addAll(putters);
            takers.clear();
            putters.clear();
            for (Waiter waiter : waiting) {
                if (waiter instanceof LocalWaiter local) {
                    local.wake();
                }
            }
        } finally {
            unlockAndSend();
        }
        hosting.end(objectId, Ending.CLOSED_BY_OWNER); // tells all others, whatever they wait for
        if (lease != null) {
            lease.close();
        }
    }

    @Override
    public @Nullable Ending ending() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Handle handle() {
        lock.lock();
        try {
            if (ending != null) {
                throw new IllegalStateException("the queue " + ending.text());
            }
            if (listening == null) {
                listening = hosting.connections().listen(transportId);
            }
            return new Handle(
                    resolver, listening.address(), hosting.connections().self().incarnation(), objectId);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the queue cannot be offered to other processes: " + failure.getMessage(), failure);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object face(Function<QueueEngine, Object> maker) {
        lock.lock();
        try {
            if (face == null) {
                face = maker.apply(this);
            }
            return face;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onCall(Call call, ByteBuffer request) {
        lock.lock();
        try {
            if (ending != null) {
                call.refuse(ending);
            } else {
                client(call.from()).onCall(call, request);
            }
        } finally {
            unlockAndSend();
        }
    }

    @Override
    public void onCast(Connection from, ByteBuffer message) {
        lock.lock();
        try {
            if (ending == null) {
                client(from).onCast(message);
            }
        } finally {
            unlockAndSend();
        }
    }

    @Override
    public void onPeerClosed(Connection from) {
        lock.lock();
        try {
            Client gone = clients.remove(from);
            if (gone != null && ending == null) {
                gone.onClosed();
                serve();
            }
        } finally {
            unlockAndSend();
        }
    }

    // What follows is called with the lock held, by this class and by Client.

    Hosting hosting() {
        return hosting;
    }

    Fill fillNow() {
        long room = capacity == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, capacity - items.size() - reserved);
        return new Fill(items.size(), room, capacity);
    }

    boolean hasItems() {
        return !items.isEmpty();
    }

    boolean hasRoom() {
        return capacity - items.size() > reserved;
    }

    void add(ByteBuffer item) {
        items.add(item);
        serve();
    }

    void returnToFront(List<ByteBuffer> back) {
        for (int i = back.size() - 1; i >= 0; i--) {
            items.addFirst(back.get(i));
        }
    }

    void reserve() {
        reserved++;
    }

    void release(int places) {
        reserved -= places;
    }

    void addTaker(Waiter taker) {
        takers.add(taker);
    }

    void addPutter(Waiter putter) {
        putters.add(putter);
    }

    /** Takes somebody out of the line; false if he was served already. */
    boolean leave(Waiter waiter) {
        return takers.remove(waiter) || putters.remove(waiter);
    }

    void hasUnsent(Client client) {
        unsent.add(client);
    }

    /** Some items from the front: one at least, not more than so many, and not more bytes than a batch has. */
    List<ByteBuffer> first(int maxItems) {
        List<ByteBuffer> taken = new ArrayList<>();
        long bytes = 0;
        for (ByteBuffer next = items.peek();
                next != null && taken.size() < maxItems && (taken.isEmpty() || bytes + next.remaining() <= BATCH_BYTES);
                next = items.peek()) {
            taken.add(items.remove());
            bytes += next.remaining();
        }
        serve();
        return taken;
    }

    /** Restores the invariants: to be called after every change. */
    void serve() {
        boolean changed = true;
        while (changed) {
            changed = false;
            if (!items.isEmpty() && !takers.isEmpty()) {
                removeFirst(takers).serve(List.of(items.remove()));
                changed = true;
            }
            if (!putters.isEmpty() && hasRoom()) {
                reserved++;
                removeFirst(putters).serve(null);
                changed = true;
            }
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    private static Waiter removeFirst(Set<Waiter> line) {
        Iterator<Waiter> first = line.iterator();
        Waiter waiter = first.next();
        first.remove();
        return waiter;
    }

    private Client client(Connection connection) {
        return clients.computeIfAbsent(connection, key -> new Client(this, key));
    }

    private void unlockAndSend() {
        List<Client> ready = unsent.isEmpty() ? List.of() : List.copyOf(unsent);
        unsent.clear();
        lock.unlock();
        ready.forEach(Client::send);
    }

    private void check() throws ObjectEndedException {
        if (ending != null) {
            throw new ObjectEndedException(ending);
        }
    }

    /** Waits in a line; true if served. An interrupt or the deadline that comes after he was served comes too late. */
    private boolean await(LocalWaiter me, Set<Waiter> line, Deadline deadline)
            throws ObjectEndedException, InterruptedException {
        line.add(me);
        InterruptedException interrupt = null;
        while (!me.served && ending == null && interrupt == null && !deadline.hasPassed()) {
            try {
                deadline.await(me.woken);
            } catch (InterruptedException interrupted) {
                interrupt = interrupted;
            }
        }
        if (me.served) {
            if (interrupt != null) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
        line.remove(me);
        if (interrupt != null) {
            throw interrupt;
        }
        check();
        return false;
    }

    private Delivery delivery(List<ByteBuffer> taken) {
        return new LocalDelivery(taken);
    }

    /** One buffer that nobody else changes. */
    private static ByteBuffer joined(List<ByteBuffer> parts) {
        long bytes = 0;
        for (ByteBuffer part : parts) {
            bytes += part.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(bytes));
        for (ByteBuffer part : parts) {
            all.put(part.duplicate());
        }
        return all.flip();
    }

    /** A thread of this process that waits. Guarded by the lock. */
    private final class LocalWaiter implements Waiter {
        private final Condition woken = lock.newCondition();
        private boolean served;
        private @Nullable List<ByteBuffer> items;

        @Override
        public void serve(@Nullable List<ByteBuffer> given) {
            served = true;
            items = given;
            woken.signal();
        }

        void wake() {
            woken.signal();
        }

        List<ByteBuffer> items() {
            return items == null ? List.of() : items;
        }
    }

    /** Items taken by a thread of this process, which cannot die without the queue. */
    private final class LocalDelivery implements Delivery {
        private final List<ByteBuffer> items;

        LocalDelivery(List<ByteBuffer> items) {
            this.items = items;
        }

        @Override
        public List<ByteBuffer> items() {
            return items.stream().map(ByteBuffer::duplicate).toList();
        }

        @Override
        public void commit() {
            // Nothing to do: the items are in nobody else's hands.
        }

        @Override
        public void giveBack(int from) {
            lock.lock();
            try {
                if (ending == null) {
                    returnToFront(items.subList(from, items.size()));
                    serve();
                }
            } finally {
                unlockAndSend();
            }
        }
    }
}
