package io.procession.internal.queue;

import io.procession.internal.connection.Deadline;
import io.procession.internal.connection.Sent;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.Evidence;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this process that take from one queue of another.
 *
 * <p>Threads that wait are served in order, by whatever call an item arrives for: at most {@link #MAX_CALLS} of their calls are unanswered, however many threads wait here or give up. An item that
 * arrives when nobody waits any more is given back.
 */
final class Takers {
    private static final int MAX_CALLS = 32;

    /** What the host may keep in memory for a lane that does not ask anew; more is acknowledged at once. */
    private static final int UNACKNOWLEDGED_BYTES = 64 << 10;

    private final RemoteObject object;
    private final Evidence evidence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Afterwards afterwards = new Afterwards(lock);
    // All below guarded by lock.
    private final Set<Taker> waiting = new LinkedHashSet<>();
    private final Set<Taker> polling = new LinkedHashSet<>();
    private final Map<Long, Lane> asked = new HashMap<>();
    private final Deque<Lane> idle = new ArrayDeque<>();
    private int waitingCalls;
    private @Nullable Ending ending;

    Takers(RemoteObject object, Evidence evidence) {
        this.object = object;
        this.evidence = evidence;
    }

    @Nullable
    Delivery take(Deadline deadline) throws ObjectEndedException, InterruptedException {
        Taker me = new Taker(lock.newCondition());
        begin(me, waiting, 0);
        return await(me, waiting, deadline);
    }

    @Nullable
    Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException {
        Taker me = new Taker(lock.newCondition());
        begin(me, polling, maxItems);
        return await(me, polling, Deadline.after(null));
    }

    /** No more items come, or go. */
    void end(Ending why) {
        lock.lock();
        try {
            if (ending != null && why.reason() == Ending.Reason.CLOSED_HERE) {
                return; // what has ended for a graver reason must not be committed to as if it lived on
            }
            ending = why;
            waiting.forEach(Taker::wake);
            polling.forEach(Taker::wake);
            if (why.reason() == Ending.Reason.CLOSED_HERE) {
                asked.values().forEach(this::cancel);
            } else {
                asked.clear();
                idle.forEach(this::retire);
                idle.clear();
            }
        } finally {
            unlockAndSend();
        }
    }

    @SuppressWarnings("ReferenceEquality") // which of the two lines it is, not what stands in it
    private void begin(Taker me, Set<Taker> line, int maxItems) throws ObjectEndedException, InterruptedException {
        lock.lockInterruptibly();
        try {
            check();
            line.add(me);
            boolean asked = false;
            try {
                if (line == polling) {
                    ask(me, maxItems, false);
                } else {
                    askForWaiting();
                }
                asked = true;
            } finally {
                if (!asked) {
                    line.remove(me); // there may be no room for a commit slot, and nobody is here to get an item
                }
            }
        } finally {
            unlockAndSend();
        }
    }

    /** An interrupt or the deadline that comes after the items comes too late. */
    private @Nullable Delivery await(Taker me, Set<Taker> line, Deadline deadline)
            throws ObjectEndedException, InterruptedException {
        lock.lock();
        try {
            InterruptedException interrupt = null;
            while (!me.isAnswered() && ending == null && interrupt == null && !deadline.hasPassed()) {
                try {
                    deadline.await(me.woken());
                } catch (InterruptedException interrupted) {
                    interrupt = interrupted;
                }
            }
            line.remove(me);
            me.leave();
            if (me.isAnswered()) {
                if (interrupt != null) {
                    Thread.currentThread().interrupt();
                }
                return me.delivery();
            }
            cancelSurplus();
            if (interrupt != null) {
                throw interrupt;
            }
            check();
            return null;
        } finally {
            unlockAndSend();
        }
    }

    private void onReply(Lane lane, ByteBuffer answer) {
        lock.lock();
        try {
            if (asked.remove(lane.call(), lane) && lane.bound() == null && !lane.isCancelled()) {
                waitingCalls--;
            }
            int bytes = answer.remaining();
            switch (answer.get()) {
                case QueueWire.ITEMS -> deliver(lane, QueueWire.items(answer), bytes);
                case QueueWire.NOTHING -> {
                    Taker poller = lane.bound();
                    if (poller != null) {
                        poller.giveNothing();
                    }
                    idle.add(lane);
                }
                default -> idle.add(lane);
            }
            cancelSurplus(); // it may have served one for whom another call waits
            askForWaiting();
        } finally {
            unlockAndSend();
        }
    }

    private void deliver(Lane lane, List<ByteBuffer> items, int bytes) {
        RemoteDelivery delivery = new RemoteDelivery(lane, items, bytes);
        Taker poller = lane.bound();
        if (ending == null && poller != null && !poller.isGone()) {
            poller.give(delivery);
        } else if (ending == null && items.size() == 1 && !waiting.isEmpty()) {
            Iterator<Taker> first = waiting.iterator();
            Taker taker = first.next();
            first.remove();
            taker.give(delivery);
        } else {
            giveAllBack(delivery);
        }
    }

    private void giveAllBack(RemoteDelivery delivery) {
        long call = delivery.lane.call();
        tell(QueueWire.giveBack(call, 0));
        idle.add(delivery.lane);
    }

    /** Has as many calls wait at the host as threads wait here, up to the limit. Every answer leads here again. */
    private void askForWaiting() {
        while (ending == null && waitingCalls < waiting.size() && asked.size() < MAX_CALLS) {
            ask(null, 1, true);
        }
    }

    private void ask(@Nullable Taker bound, int maxItems, boolean wait) {
        Lane free = idle.poll();
        Lane lane = free == null ? new Lane(evidence.allocateSlot()) : free;
        long call = object.nextCallId();
        lane.begin(call, bound);
        asked.put(call, lane);
        if (bound == null) {
            waitingCalls++;
        }
        afterwards.add(() -> {
            try {
                object.call(call, answer -> onReply(lane, answer), QueueWire.take(lane.slot.index(), maxItems, wait));
            } catch (ObjectEndedException ended) {
                // the view is told of it, and so are all who wait
            }
        });
    }

    /** Calls that nobody waits for any more. */
    private void cancelSurplus() {
        for (Iterator<Lane> lanes = asked.values().iterator(); waitingCalls > waiting.size() && lanes.hasNext(); ) {
            cancel(lanes.next());
        }
    }

    private void cancel(Lane lane) {
        if (lane.bound() == null && !lane.isCancelled()) {
            lane.cancel();
            waitingCalls--;
            tell(QueueWire.ofCall(QueueWire.CANCEL, lane.call()));
        }
    }

    private void tell(ByteBuffer message) {
        afterwards.add(() -> {
            try {
                object.cast(message);
            } catch (ObjectEndedException ended) {
                // then there is nobody to tell
            }
        });
    }

    private void retire(Lane lane) {
        Ending why = ending;
        boolean readNoMore = why != null
                && (why.reason() == Ending.Reason.CLOSED_BY_OWNER || why.reason() == Ending.Reason.HOST_ENDED);
        if (readNoMore) {
            lane.slot.release();
        }
    }

    private void check() throws ObjectEndedException {
        if (ending != null) {
            throw new ObjectEndedException(ending);
        }
    }

    private void unlockAndSend() {
        lock.unlock();
        afterwards.run();
    }

    /** Items that came over the link. */
    private final class RemoteDelivery implements Delivery {
        private final Lane lane;
        private final List<ByteBuffer> items;
        private final int bytes;

        RemoteDelivery(Lane lane, List<ByteBuffer> items, int bytes) {
            this.lane = lane;
            this.items = items;
            this.bytes = bytes;
        }

        @Override
        public List<ByteBuffer> items() {
            return items.stream().map(ByteBuffer::duplicate).toList();
        }

        @Override
        public void commit() throws ObjectEndedException {
            lock.lock();
            try {
                Ending why = ending;
                if (why != null && why.reason().mayGoToOthers()) {
                    throw new ObjectEndedException(why);
                }
                // SYNC: Client.isCommitted reads it after this process has ended; under the lock, so that it is never
                // after end(EXITING).
                lane.slot.advanceTo(lane.call());
                if (why != null && why.reason() != Ending.Reason.CLOSED_HERE) {
                    retire(lane);
                    return;
                }
                idle.add(lane);
                if (bytes > UNACKNOWLEDGED_BYTES) {
                    tell(QueueWire.ofCall(QueueWire.ACKNOWLEDGE, lane.call()));
                }
                askForWaiting();
            } finally {
                unlockAndSend();
            }
        }

        @Override
        public void giveBack(int from) throws ObjectEndedException, InterruptedException {
            if (from > 0) {
                giveTailBack(from);
                return;
            }
            lock.lock();
            try {
                if (ending == null || ending.reason() == Ending.Reason.CLOSED_HERE) {
                    giveAllBack(this);
                    askForWaiting();
                }
            } finally {
                unlockAndSend();
            }
        }

        private void giveTailBack(int from) throws ObjectEndedException, InterruptedException {
            Sent sent = object.cast(QueueWire.giveBack(lane.call(), from));
            try {
                sent.await();
            } catch (IOException ended) {
                throw new ObjectEndedException(object.endingAfter(ended));
            }
        }
    }
}
