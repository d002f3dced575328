package io.procession.internal.queue;

import io.procession.internal.connection.Connection;
import io.procession.internal.family.StatusPageReader;
import io.procession.internal.hosting.Call;
import io.procession.internal.hosting.PageLoans;
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
 * the lock of the {@link HostState}.
 */
final class Client {
    /** How long others who do not wait for room wait for places that this process has ahead. One that does not answer for so long is most likely stopped. */
    private static final long PLACES_NANOS = 20_000_000;

    private final HostState queue;
    private final Connection connection;
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private final Map<Long, Delivered> delivered = new LinkedHashMap<>();
    private final Map<Integer, Delivered> lastOfSlot = new HashMap<>();
    private final Afterwards replies;
    private PageLoans.@Nullable Loan loan;
    private boolean takes;
    private boolean stopping;
    private boolean recalling;
    private int reserved;
    private long reservedBytes;
    /** Of those reserved, so many at most were granted for items that it had not yet, and are not used. */
    private int placesAhead;

    private boolean askingPlacesBack;
    /** By {@link System#nanoTime()}, since when it is asked. */
    private long askedPlacesSince;

    private long taken;
    private long done;

    Client(HostState queue, Connection connection) {
        this.queue = queue;
        this.connection = connection;
        this.replies = new Afterwards(queue.lock());
    }

    void onCall(Call call, ByteBuffer request) {
        switch (request.get()) {
            case QueueWire.TAKE ->
                take(new Take(call, request.getInt(), request.getInt(), request.getInt()), request.get() != 0);
            case QueueWire.RESERVE -> reserve(call, request.get() != 0, request);
            case QueueWire.FILL -> {
                QueueEngine.Fill fill = queue.fill();
                reply(call, QueueWire.longs(QueueWire.FILLED, fill.items(), fill.room()));
            }
            case QueueWire.OPEN -> open(call);
            case QueueWire.SHUT_DOWN ->
                queue.shutDown(request.get() != 0, () -> reply(call, QueueWire.alone(QueueWire.DONE)));
            case QueueWire.TASK_DONE -> taskDone(call, request.getInt());
            case QueueWire.JOIN -> join(call);
            case QueueWire.SETTLE -> settle(call, request);
            default -> throw new IllegalArgumentException("unknown operation on a queue");
        }
    }

    void onCast(ByteBuffer message) {
        if (!message.hasRemaining()) {
            // What was told found nobody there who uses the queue any more.
            stopping = false;
            recalled();
            placesBack(placesAhead);
            queue.serve();
            return;
        }
        switch (message.get()) {
            case QueueWire.PUT -> put(message.slice());
            case QueueWire.PUT_MANY -> {
                for (ByteBuffer item : QueueWire.items(message)) {
                    put(item);
                }
            }
            case QueueWire.RELEASE -> release(message.getInt(), message.getLong());
            case QueueWire.CANCEL -> cancel(message.getLong());
            case QueueWire.GIVE_BACK -> giveBack(message.getLong(), message.getInt(), message.getInt());
            case QueueWire.ACKNOWLEDGE -> settle(delivered.get(message.getLong()));
            case QueueWire.PLACES_BACK -> placesBack(message.getInt());
            case QueueWire.STOPPED -> stopping = false;
            case QueueWire.RECALLED -> recalled();
            default -> throw new IllegalArgumentException("unknown operation on a queue");
        }
        queue.serve();
    }

    /**
     * The process has ended, or its link broke: what it had not committed goes to others, in the order in which it was delivered, places it had reserved are free
     * again, and what it took and did not finish is abandoned. If memory fails, this is called again.
     */
    void onClosed() {
        waiting.values().forEach(queue::leave);
        queue.contents.release(reserved, reservedBytes);
        reserved = 0;
        reservedBytes = 0;
        placesAhead = 0;
        List<Delivered> latest = new ArrayList<>(delivered.values());
        for (int i = latest.size() - 1; i >= 0; i--) {
            latest.get(i).giveUncommitted(page(), queue::addBack);
            settle(latest.get(i));
        }
        Unfinished unfinished = queue.unfinished;
        if (unfinished != null && taken > done) {
            unfinished.abandoned(taken - done, connection.peer().toString());
            done = taken;
        }
        forget();
    }

    void forget() {
        if (loan != null) {
            loan.close();
            loan = null;
        }
    }

    /** Sends what was answered, in order. Called without the lock. */
    void send() {
        replies.run();
    }

    boolean takes() {
        return takes;
    }

    /** Whether it was told of the shutdown and has not answered: something that it has put may not have arrived. */
    boolean isStopping() {
        return stopping;
    }

    /** Whether something may come back from it. */
    boolean mayGiveBack() {
        for (Delivered each : delivered.values()) {
            if (!each.isCommitted(page())) {
                return true;
            }
        }
        return false;
    }

    /** How many items lie there that no thread there has asked for. */
    long ahead() {
        long ahead = 0;
        for (Delivered each : delivered.values()) {
            ahead += each.ahead(page());
        }
        return ahead;
    }

    /** Whether that may be more than none, now or later. */
    boolean mayBeAhead() {
        for (Delivered each : delivered.values()) {
            if (each.mayBeAhead(page())) {
                return true;
            }
        }
        return false;
    }

    /** Asks for what lies there and no thread there has got. One question at a time, so that they do not pile up before a process that is stopped. */
    void recall() {
        if (!recalling && mayBeAhead()) {
            recalling = true;
            tell(QueueWire.alone(QueueWire.RECALL));
        }
    }

    private void recalled() {
        recalling = false;
        if (page() == null) {
            delivered.values().forEach(Delivered::recalled);
        }
    }

    int placesAhead() {
        return placesAhead;
    }

    /** Whether places that it has ahead may come back soon. Nobody waits for one that does not answer, from then on until it does. */
    boolean mayGivePlacesBack() {
        return placesAhead > 0 && !(askingPlacesBack && System.nanoTime() - askedPlacesSince > PLACES_NANOS);
    }

    /** Asks for places that are not used. One question at a time, as above. */
    void askPlacesBack() {
        if (placesAhead > 0 && !askingPlacesBack) {
            askingPlacesBack = true;
            askedPlacesSince = System.nanoTime();
            tell(QueueWire.alone(QueueWire.PLACES));
        }
    }

    private void placesBack(int unused) {
        askingPlacesBack = false;
        placesAhead = 0; // the rest is used by items on their way
        if (unused >= 0 && unused <= reserved) {
            reserved -= unused;
            queue.contents.release(unused, 0);
        }
    }

    void stop(boolean immediate) {
        stopping = true;
        tellStopped(immediate);
    }

    /** For who comes after the shutdown: it has nothing to answer for, but must know that others wait to learn what became of the last items. */
    void tellStopped(boolean immediate) {
        tell(QueueWire.flagged(QueueWire.STOP, immediate));
    }

    private void open(Call call) {
        if (queue.isOpen()) {
            QueueEngine.Terms terms = queue.contents.terms();
            reply(call, QueueWire.longs(QueueWire.OPENED, terms.capacity(), terms.capacityBytes()));
        } else {
            reply(call, QueueWire.alone(QueueWire.REFUSED));
        }
    }

    private void put(ByteBuffer bytes) {
        Item item = Item.arrived(bytes);
        if (reserved > 0) {
            long weight = queue.contents.weight(item.bytes());
            reserved--;
            reservedBytes -= weight;
            placesAhead = Math.min(placesAhead, reserved);
            queue.contents.release(1, weight);
        }
        queue.add(item);
    }

    private void release(int places, long bytes) {
        long weight = queue.contents.weight(bytes);
        if (places <= reserved && weight <= reservedBytes) {
            reserved -= places;
            reservedBytes -= weight;
            placesAhead = Math.min(placesAhead, reserved);
            queue.contents.release(places, weight);
        }
    }

    private void take(Take take, boolean wait) {
        takes = true;
        // Who asks anew with a slot has settled what he got by it before: committed, because what he gave back is not
        // here any more.
        settle(lastOfSlot.get(take.slot));
        watch(take.slot);
        if (!queue.isEmpty()) {
            take.serve(queue.contents.first(take.demand, queue.share(take.demand, take.max)));
            queue.serve();
        } else if (queue.isDry()) {
            take.refuse();
        } else if (wait) {
            waiting.put(take.call.id(), take);
            queue.addTaker(take);
        } else {
            reply(take.call, QueueWire.alone(QueueWire.NOTHING));
        }
    }

    private void reserve(Call call, boolean wait, ByteBuffer request) {
        int count = request.getInt();
        if (count < 1 || count > request.remaining() / Long.BYTES) {
            throw new IllegalArgumentException("a request for " + count + " places");
        }
        long[] bytes = new long[count];
        request.asLongBuffer().get(bytes);
        Reservation reservation = new Reservation(call, bytes);
        if (!queue.isOpen()) {
            reservation.refuse();
        } else if (queue.hasRoomFor(bytes[0]) && reservation.grant(queue.contents)) {
            return;
        } else if (wait || queue.placesMayComeBack()) {
            waiting.put(call.id(), reservation);
            queue.addPutter(reservation, wait);
        } else {
            reply(call, QueueWire.alone(QueueWire.NOTHING));
        }
    }

    private void taskDone(Call call, int items) {
        Unfinished unfinished = joinable();
        if (unfinished.done(items)) {
            done += items;
            reply(call, QueueWire.alone(QueueWire.DONE));
        } else {
            reply(call, QueueWire.longs(QueueWire.TOO_MANY, unfinished.count()));
        }
    }

    private void join(Call call) {
        Waiting.ForAll joiner = new Joiner(call);
        waiting.put(call.id(), joiner);
        joinable().join(joiner);
    }

    private Unfinished joinable() {
        Unfinished unfinished = queue.unfinished;
        if (unfinished == null) {
            throw new IllegalArgumentException("the queue does not count what is done");
        }
        return unfinished;
    }

    private void cancel(long call) {
        Waiting waiter = waiting.remove(call);
        if (waiter != null && queue.leave(waiter)) {
            reply(new Call(connection, call), QueueWire.alone(QueueWire.CANCELLED));
        }
    }

    private void giveBack(long call, int from, int count) {
        Delivered given = delivered.get(call);
        if (given != null) {
            queue.addBack(given.take(from, count));
            if (given.kept() == 0) {
                settle(given);
            }
        }
    }

    private void settle(Call call, ByteBuffer request) {
        for (int left = request.getInt(); left > 0; left--) {
            settle(lastOfSlot.get(request.getInt()));
        }
        reply(call, QueueWire.alone(QueueWire.DONE));
    }

    private void settle(@Nullable Delivered each) {
        if (each != null && delivered.remove(each.call, each)) {
            taken += each.kept();
            lastOfSlot.remove(each.slot, each);
        }
    }

    private void watch(int slot) {
        try {
            if (loan == null) {
                loan = queue.hosting().pages().borrow(connection.peer().incarnation());
            }
            loan.page().prepare(slot);
        } catch (IOException elsewhere) {
            // On another host there is no page to read: after a death what was delivered last may come twice. If it is
            // for
            // want of descriptors, what is open must stay so.
            return;
        }
    }

    private @Nullable StatusPageReader page() {
        return loan == null ? null : loan.page();
    }

    private void reply(Call call, ByteBuffer... parts) {
        replies.add(() -> call.reply(parts));
        queue.hasUnsent(this);
    }

    private void tell(ByteBuffer message) {
        replies.add(() -> queue.tell(connection, message));
        queue.hasUnsent(this);
    }

    /** A request for items. */
    private final class Take implements Waiting.ForItems {
        private final Call call;
        private final int slot;
        private final int demand;
        private final int max;

        Take(Call call, int slot, int demand, int max) {
            this.call = call;
            this.slot = slot;
            this.max = Math.max(1, Math.min(max, Mark.MAX_ITEMS));
            this.demand = Math.max(0, Math.min(demand, this.max));
        }

        @Override
        public int demand() {
            return demand;
        }

        @Override
        public int max() {
            return max;
        }

        @Override
        public void serve(List<Item> items) {
            waiting.remove(call.id());
            Delivered given = new Delivered(call.id(), slot, demand, items);
            delivered.put(call.id(), given);
            lastOfSlot.put(slot, given);
            reply(call, QueueWire.items(items, !queue.isEmpty()));
        }

        @Override
        public void refuse() {
            waiting.remove(call.id());
            reply(call, QueueWire.alone(QueueWire.REFUSED));
        }
    }

    /** A request for places. */
    private final class Reservation implements Waiting.ForRoom {
        private final Call call;
        private final long[] bytes;

        Reservation(Call call, long[] bytes) {
            this.call = call;
            this.bytes = bytes;
        }

        @Override
        public boolean grant(Contents contents) {
            int granted = 0;
            while (granted < bytes.length && contents.hasRoomFor(bytes[granted])) {
                long weight = contents.weight(bytes[granted]);
                contents.reserve(weight);
                reserved++;
                reservedBytes += weight;
                granted++;
            }
            if (granted > 0) {
                int ahead = granted < bytes.length || askingPlacesBack ? 0 : queue.placesAhead(this, placesAhead);
                contents.reserve(ahead, 0);
                reserved += ahead;
                placesAhead += ahead;
                waiting.remove(call.id());
                reply(call, QueueWire.granted(granted, ahead));
            }
            return granted > 0;
        }

        @Override
        public void noRoom() {
            waiting.remove(call.id());
            reply(call, QueueWire.alone(QueueWire.NOTHING));
        }

        @Override
        public void refuse() {
            waiting.remove(call.id());
            reply(call, QueueWire.alone(QueueWire.REFUSED));
        }
    }

    /** A request to be told when all items are done. */
    private final class Joiner implements Waiting.ForAll {
        private final Call call;

        Joiner(Call call) {
            this.call = call;
        }

        @Override
        public void finished(Finished how) {
            waiting.remove(call.id());
            reply(call, QueueWire.joined(how));
        }

        @Override
        public void refuse() {
            // Joining goes on after a shutdown.
        }
    }
}
