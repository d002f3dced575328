package io.procession.internal.queue;

import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A thread of the process that hosts the queue, in one of its lines. Guarded by the lock of the {@link HostState}. */
abstract class LocalWaiting implements Waiting, Waiting.Endable {
    private final Condition woken;
    private boolean served;
    private boolean refused;
    private boolean inVain;

    private LocalWaiting(Condition woken) {
        this.woken = woken;
    }

    @Override
    public void refuse() {
        refused = true;
        woken.signal();
    }

    /** What he waits for is not there, and he does not want to wait until it is. */
    void inVain() {
        inVain = true;
        woken.signal();
    }

    void served() {
        served = true;
        woken.signal();
    }

    @Override
    public void ended(Ending why) {
        woken.signal();
    }

    /** Waits, with the lock held; true if served. An interrupt or the deadline that comes after he was served comes too late. */
    boolean await(HostState state, Deadline deadline) throws ObjectEndedException, InterruptedException {
        InterruptedException interrupt = null;
        while (!served && !refused && !inVain && state.ending() == null && interrupt == null && !deadline.hasPassed()) {
            try {
                deadline.await(woken);
            } catch (InterruptedException interrupted) {
                interrupt = interrupted;
            }
        }
        if (served) {
            if (interrupt != null) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
        state.leave(this);
        if (interrupt != null) {
            throw interrupt;
        }
        state.check();
        if (refused) {
            throw new ObjectEndedException(Ending.SHUT_DOWN);
        }
        return false;
    }

    /** Waits for an item. */
    static final class ForItem extends LocalWaiting implements Waiting.ForItems {
        private List<Item> items = List.of();

        ForItem(Condition woken) {
            super(woken);
        }

        @Override
        public void serve(List<Item> given) {
            items = given;
            served();
        }

        @Override
        public int demand() {
            return 1;
        }

        @Override
        public int max() {
            return 1;
        }

        List<Item> items() {
            return items;
        }
    }

    /** Waits for room. */
    static final class ForRoom extends LocalWaiting implements Waiting.ForRoom {
        private final long bytes;

        ForRoom(Condition woken, long bytes) {
            super(woken);
            this.bytes = bytes;
        }

        @Override
        public boolean grant(Contents contents) {
            if (!contents.hasRoomFor(bytes)) {
                return false;
            }
            contents.reserve(bytes);
            served();
            return true;
        }

        @Override
        public void noRoom() {
            inVain();
        }
    }

    /** Waits until all items are done. */
    static final class ForAll extends LocalWaiting implements Waiting.ForAll {
        private @Nullable Finished how;

        ForAll(Condition woken) {
            super(woken);
        }

        @Override
        public void finished(Finished finished) {
            how = finished;
            served();
        }

        @Nullable
        Finished how() {
            return how;
        }
    }

    /** Waits until nothing more is put. */
    static final class ForQuiet extends LocalWaiting implements Waiting.ForQuiet {
        ForQuiet(Condition woken) {
            super(woken);
        }

        @Override
        public void quiet() {
            served();
        }
    }

    /** Waits for an item without a thread. */
    static final class Later implements Waiting.ForItems, Waiting.Endable, QueueEngine.Pending {
        private final HostState state;
        private final QueueEngine.Later later;

        Later(HostState state, QueueEngine.Later later) {
            this.state = state;
            this.later = later;
        }

        @Override
        public void serve(List<Item> items) {
            state.goOutHere(items.size());
            state.afterwards(() -> later.served(new LocalDelivery(state, items)));
        }

        @Override
        public void refuse() {
            ended(Ending.SHUT_DOWN);
        }

        @Override
        public void ended(Ending why) {
            state.afterwards(() -> later.failed(new ObjectEndedException(why)));
        }

        @Override
        public boolean cancel() {
            state.lock().lock();
            try {
                return state.leave(this);
            } finally {
                state.unlockAndSend();
            }
        }

        @Override
        public int demand() {
            return 1;
        }

        @Override
        public int max() {
            return 1;
        }
    }
}
