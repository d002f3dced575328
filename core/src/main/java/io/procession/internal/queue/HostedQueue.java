package io.procession.internal.queue;

import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.Handle;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Call;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.HostedObject;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.hosting.ObjectEndedException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A queue in the process that owns it: the door for callers of this process, and for the messages of others. What it knows is in {@link HostState}. */
public final class HostedQueue implements QueueEngine, HostedObject {
    /** How many items are put under one lock, and seen by others at once. */
    private static final int PUT_AT_ONCE = 256;

    /**
     * What a queue is, apart from where.
     *
     * @param capacity the bound in items, at least one; {@link Long#MAX_VALUE} for none
     * @param capacityBytes the bound in bytes, at least one; {@link Long#MAX_VALUE} for none
     * @param joinable whether it counts what is done
     * @param resolver who makes something of its handle
     */
    public record Form(long capacity, long capacityBytes, boolean joinable, String resolver) {}

    private final Hosting hosting;
    private final Form form;
    private final HostState state;
    private final ReentrantLock lock;
    private final long objectId;

    private final Doorplate
            doorplate; // with a lock of its own: to listen can take long, and others put and take meanwhile
    private @Nullable Object face; // guarded by this

    /**
     * Makes a queue and hosts it.
     *
     * @param hosting of this process
     * @param form what it is
     * @param transportId how other processes shall reach it, or null for the default
     */
    public HostedQueue(Hosting hosting, Form form, @Nullable String transportId) {
        this(hosting, form, transportId, new Contents(form.capacity(), form.capacityBytes()));
    }

    /** With contents that a test may watch. */
    HostedQueue(Hosting hosting, Form form, @Nullable String transportId, Contents contents) {
        this.hosting = hosting;
        this.form = form;
        this.doorplate = new Doorplate(hosting, transportId, form.resolver());
        this.state = new HostState(hosting, contents, form.joinable() ? new Unfinished() : null);
        this.lock = state.lock();
        this.objectId = hosting.host(this);
        state.hostedAs(objectId);
    }

    @Override
    public EncodeTarget owner() {
        return EncodeTarget.ANYONE; // this process, which has the object itself
    }

    @Override
    public boolean meetOwner(Deadline deadline) {
        return true;
    }

    @Override
    public boolean put(Encoded encoded, @Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        Contents.check(encoded.sizeBytes(), form.capacityBytes());
        Item item = Item.of(encoded);
        lock.lockInterruptibly();
        try {
            checkOpen();
            if (!state.hasRoomFor(item.bytes()) && !awaitRoom(item, Deadline.after(timeout))) {
                return false;
            }
            state.add(item);
            state.serve();
            return true;
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public void putAll(List<Encoded> items, IntConsumer progress) throws ObjectEndedException, InterruptedException {
        for (Encoded item : items) {
            Contents.check(item.sizeBytes(), form.capacityBytes());
        }
        List<Item> copies = items.stream().map(Item::of).toList();
        int put = 0;
        while (put < copies.size()) {
            int before = put;
            lock.lockInterruptibly();
            try {
                checkOpen();
                while (put < copies.size()
                        && put - before < PUT_AT_ONCE
                        && state.hasRoomFor(copies.get(put).bytes())) {
                    state.add(copies.get(put++));
                }
                state.serve();
                if (put == before && awaitRoom(copies.get(put), Deadline.after(null))) {
                    state.add(copies.get(put++));
                    state.serve();
                }
            } finally {
                state.unlockAndSend();
            }
            progress.accept(put - before);
        }
    }

    /** Waits for room; then there is some, and it is this item's. */
    private boolean awaitRoom(Item item, Deadline deadline) throws ObjectEndedException, InterruptedException {
        boolean waits = !deadline.hasPassed();
        if (!waits && !state.placesMayComeBack()) {
            return false;
        }
        LocalWaiting.ForRoom me = new LocalWaiting.ForRoom(lock.newCondition(), item.bytes());
        state.addPutter(me, waits);
        if (!me.await(state, waits ? deadline : Deadline.after(null))) {
            return false;
        }
        state.contents.release(1, item.bytes()); // the place that was kept for it
        checkOpen(); // it may have ended, or been shut down, between the grant and now
        return true;
    }

    @Override
    public @Nullable Delivery take(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        lock.lockInterruptibly();
        try {
            checkDry();
            if (!state.isEmpty()) {
                return first(1);
            }
            Deadline deadline = Deadline.after(timeout);
            if (deadline.hasPassed()) {
                return null;
            }
            LocalWaiting.ForItem me = new LocalWaiting.ForItem(lock.newCondition());
            state.addTaker(me);
            return me.await(state, deadline) ? delivery(me.items()) : null;
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public @Nullable Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException {
        lock.lockInterruptibly();
        try {
            checkDry();
            return state.isEmpty() ? null : first(maxItems);
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public Pending takeLater(Later later) {
        LocalWaiting.Later me = new LocalWaiting.Later(state, later);
        lock.lock();
        try {
            checkDry();
            if (state.isEmpty()) {
                state.addTaker(me);
            } else {
                me.serve(List.of(state.contents.first()));
                state.serve();
            }
        } catch (ObjectEndedException ended) {
            state.afterwards(() -> later.failed(ended));
        } finally {
            state.unlockAndSend();
        }
        return me;
    }

    @Override
    public Fill fill() throws ObjectEndedException {
        lock.lock();
        try {
            state.check();
            return state.fill();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutDown(boolean immediate) throws ObjectEndedException, InterruptedException {
        lock.lock();
        try {
            state.check();
            LocalWaiting.ForQuiet me = new LocalWaiting.ForQuiet(lock.newCondition());
            state.shutDown(immediate, me);
            me.await(state, Deadline.after(null));
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public long taskDone(int items) throws ObjectEndedException {
        lock.lock();
        try {
            state.check();
            Unfinished unfinished = joinable();
            return unfinished.done(items) ? -1 : unfinished.count();
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public @Nullable Finished join(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        lock.lockInterruptibly();
        try {
            state.check();
            LocalWaiting.ForAll me = new LocalWaiting.ForAll(lock.newCondition());
            joinable().join(me);
            return me.await(state, Deadline.after(timeout)) ? me.how() : null;
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (state.ending() != null) {
                return;
            }
            state.end(Ending.CLOSED_BY_OWNER);
        } finally {
            state.unlockAndSend();
        }
        hosting.end(objectId, Ending.CLOSED_BY_OWNER); // tells all others, whatever they wait for
        doorplate.close();
    }

    @Override
    public @Nullable Ending ending() {
        lock.lock();
        try {
            return state.ending();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Handle handle() {
        return doorplate.handle(objectId, ending());
    }

    @Override
    public String whereabouts() {
        return "number " + objectId + " of this process";
    }

    @Override
    public synchronized Object face(Function<QueueEngine, Object> maker) {
        if (face == null) {
            face = maker.apply(this);
        }
        return face;
    }

    @Override
    public void onCall(Call call, ByteBuffer request) {
        lock.lock();
        try {
            Ending ending = state.ending();
            if (ending != null) {
                call.refuse(ending);
            } else {
                state.client(call.from()).onCall(call, request);
            }
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public void onCast(Connection from, ByteBuffer message) {
        lock.lock();
        try {
            if (state.ending() == null) {
                state.client(from).onCast(message);
            }
        } finally {
            state.unlockAndSend();
        }
    }

    @Override
    public void onPeerClosed(Connection from) {
        lock.lock();
        try {
            Client gone = state.knownClient(from);
            if (gone != null && state.ending() == null) {
                gone.onClosed();
                state.removeClient(from);
                state.serve();
            }
        } finally {
            state.unlockAndSend();
        }
    }

    private void checkOpen() throws ObjectEndedException {
        state.check();
        if (!state.isOpen()) {
            throw new ObjectEndedException(Ending.SHUT_DOWN);
        }
    }

    private void checkDry() throws ObjectEndedException {
        state.check();
        state.takesHere();
        if (state.isDry()) {
            throw new ObjectEndedException(Ending.SHUT_DOWN);
        }
    }

    private Unfinished joinable() {
        Unfinished unfinished = state.unfinished;
        if (unfinished == null) {
            throw new IllegalStateException("the queue does not count what is done");
        }
        return unfinished;
    }

    private Delivery first(int maxItems) {
        List<Item> taken = state.contents.first(maxItems, maxItems);
        state.serve(); // there may be room now
        return delivery(taken);
    }

    private Delivery delivery(List<Item> taken) {
        state.goOutHere(taken.size());
        return new LocalDelivery(state, new ArrayList<>(taken));
    }
}
