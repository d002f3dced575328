package io.procession.internal.queue;

import io.procession.internal.connection.Connection;
import io.procession.internal.family.StatusPageReader;
import io.procession.internal.hosting.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another process as the host of a queue sees it: what it waits for, what was delivered to it and is not known to be committed, and which places are reserved for it. Guarded by
 * the lock of the {@link HostedQueue}.
 */
final class Client {
    private final HostedQueue queue;
    private final Connection connection;
    private final Map<Long, HostedQueue.Waiter> waiting = new HashMap<>();
    private final Map<Long, Take> delivered = new LinkedHashMap<>();
    private final Map<Integer, Take> lastOfSlot = new HashMap<>();
    private final Afterwards replies;
    private int reserved;
    private @Nullable StatusPageReader page;

    Client(HostedQueue queue, Connection connection) {
        this.queue = queue;
        this.connection = connection;
        this.replies = new Afterwards(queue.lock());
    }

    void onCall(Call call, ByteBuffer request) {
        switch (request.get()) {
            case QueueWire.TAKE -> take(new Take(call, request.getInt()), request.getInt(), request.get() != 0);
            case QueueWire.RESERVE -> reserve(call, request.get() != 0);
            case QueueWire.FILL -> reply(call, QueueWire.fill(queue.fillNow()));
            default -> throw new IllegalArgumentException("unknown operation on a queue");
        }
    }

    void onCast(ByteBuffer message) {
        switch (message.get()) {
            case QueueWire.PUT -> {
                if (reserved > 0) {
                    reserved--;
                    queue.release(1);
                }
                queue.add(message.slice());
            }
            case QueueWire.RELEASE -> {
                if (reserved > 0) {
                    reserved--;
                    queue.release(1);
                    queue.serve();
                }
            }
            case QueueWire.CANCEL -> cancel(message.getLong());
            case QueueWire.GIVE_BACK -> giveBack(message.getLong(), message.getInt());
            case QueueWire.ACKNOWLEDGE -> settle(delivered.get(message.getLong()));
            default -> throw new IllegalArgumentException("unknown operation on a queue");
        }
    }

    /**
     * The process has ended, or its link broke: what it had not committed goes to others, in the order in which it was delivered, and places it had reserved are free
     * again.
     */
    void onClosed() {
        waiting.values().forEach(queue::leave);
        queue.release(reserved);
        List<ByteBuffer> back = new ArrayList<>();
        for (Take take : delivered.values()) {
            if (!isCommitted(take)) {
                back.addAll(take.items);
            }
        }
        queue.returnToFront(back);
        forget();
    }

    void forget() {
        if (page != null) {
            page.close();
        }
    }

    /** Sends what was answered, in order. Called without the lock. */
    void send() {
        replies.run();
    }

    private void take(Take take, int maxItems, boolean wait) {
        // Who asks anew with a slot has settled what he got by it before: committed, because what he gave back is not
        // here any more.
        settle(lastOfSlot.put(take.slot, take));
        watch(take.slot);
        if (queue.hasItems()) {
            take.serve(queue.first(maxItems));
        } else if (wait) {
            waiting.put(take.call.id(), take);
            queue.addTaker(take);
        } else {
            reply(take.call, QueueWire.alone(QueueWire.NOTHING));
        }
    }

    private void reserve(Call call, boolean wait) {
        Reservation reservation = new Reservation(call);
        if (queue.hasRoom()) {
            queue.reserve();
            reservation.serve(null);
        } else if (wait) {
            waiting.put(call.id(), reservation);
            queue.addPutter(reservation);
        } else {
            reply(call, QueueWire.alone(QueueWire.NOTHING));
        }
    }

    private void cancel(long call) {
        HostedQueue.Waiter waiter = waiting.remove(call);
        if (waiter != null && queue.leave(waiter)) {
            reply(new Call(connection, call), QueueWire.alone(QueueWire.CANCELLED));
        }
    }

    private void giveBack(long call, int from) {
        Take take = delivered.get(call);
        if (take == null || from < 0 || from > take.items.size()) {
            return;
        }
        List<ByteBuffer> back = List.copyOf(take.items.subList(from, take.items.size()));
        take.items = List.copyOf(take.items.subList(0, from));
        if (from == 0) {
            settle(take);
        }
        queue.returnToFront(back);
        queue.serve();
    }

    private void settle(@Nullable Take take) {
        if (take != null && delivered.remove(take.call.id(), take)) {
            lastOfSlot.remove(take.slot, take);
        }
    }

    private void watch(int slot) {
        try {
            if (page == null) {
                page = queue.hosting().evidence().open(connection.peer().incarnation());
            }
            page.prepare(slot);
        } catch (IOException elsewhere) {
            // On another host there is no page to read: after a death what was delivered last may come twice.
            forget();
            page = null;
        }
    }

    /**
     * Whether a process that has ended had taken this for good. It wrote the number of the call into its slot before its take returned; the slot is asked for anew only after
     * that, and asking settled what came before, so the latest call is the only one in question.
     */
    private boolean isCommitted(Take take) {
        // SYNC: the reader's half of CommitSlot.advanceTo in RemoteQueue; the end of the connection came after the last
        // write of its process.
        return page != null && page.committed(take.slot) == take.call.id();
    }

    private void reply(Call call, ByteBuffer... parts) {
        replies.add(() -> call.reply(parts));
        queue.hasUnsent(this);
    }

    /** A request for items. */
    private final class Take implements HostedQueue.Waiter {
        private final Call call;
        private final int slot;
        private List<ByteBuffer> items = List.of();

        Take(Call call, int slot) {
            this.call = call;
            this.slot = slot;
        }

        @Override
        public void serve(@Nullable List<ByteBuffer> given) {
            items = given == null ? List.of() : given;
            waiting.remove(call.id());
            delivered.put(call.id(), this);
            reply(call, QueueWire.items(items));
        }
    }

    /** A request for a place. */
    private final class Reservation implements HostedQueue.Waiter {
        private final Call call;

        Reservation(Call call) {
            this.call = call;
        }

        @Override
        public void serve(@Nullable List<ByteBuffer> none) {
            waiting.remove(call.id());
            reserved++;
            reply(call, QueueWire.alone(QueueWire.GRANTED));
        }
    }
}
