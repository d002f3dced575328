package io.procession.internal.queue;

import io.procession.internal.codec.Encoded;
import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.transport.queue.SharedItem;
import io.procession.transport.queue.SharedQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A queue that a transport offers: every process works on it by itself, the owner as all others. What differs is who ends it and who is told. */
abstract sealed class SharedEngine implements QueueEngine permits OwnSharedQueue, JoinedSharedQueue {
    /** What is taken together ends here. */
    private static final long BATCH_BYTES = 1 << 20;

    /** Room for so many at first. */
    private static final int FEW = 16;

    private final Laters laters = new Laters(this);
    private @Nullable Object face; // guarded by this

    /**
     * The queue itself.
     *
     * @param deadline until when to wait, if it was never used here
     * @throws ObjectEndedException if it has ended
     * @throws InterruptedException if the thread was interrupted
     */
    abstract SharedQueue queue(Deadline deadline) throws ObjectEndedException, InterruptedException;

    /** Why the queue says that it has ended. */
    abstract Ending whyEnded();

    @Override
    public boolean put(Encoded item, @Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        SharedQueue queue = queue(deadline);
        checkInterrupt();
        return put(queue, item, deadline.leftNanos());
    }

    @Override
    public void putAll(List<Encoded> items, IntConsumer progress) throws ObjectEndedException, InterruptedException {
        Deadline never = Deadline.after(null);
        SharedQueue queue = queue(never);
        long most = queue.bound().bytes();
        for (Encoded item : items) {
            Contents.check(item.sizeBytes(), most);
        }
        for (Encoded item : items) {
            checkInterrupt();
            put(queue, item, never.leftNanos());
            progress.accept(1);
        }
    }

    private boolean put(SharedQueue queue, Encoded item, long waitNanos)
            throws ObjectEndedException, InterruptedException {
        try {
            return isDone(queue.put(item.parts(), waitNanos));
        } catch (IOException | UncheckedIOException failure) {
            throw failed("the item is not put", failure);
        } finally {
            Reference.reachabilityFence(this); // a queue that nobody holds is left
        }
    }

    @Override
    public @Nullable Delivery take(@Nullable Duration timeout) throws ObjectEndedException, InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        SharedQueue queue = queue(deadline);
        checkInterrupt();
        SharedItem item = take(queue, deadline.leftNanos());
        return item == null ? null : collect(queue, item, 1);
    }

    @Override
    public @Nullable Delivery poll(int maxItems) throws ObjectEndedException, InterruptedException {
        SharedQueue queue = queue(Deadline.after(Duration.ZERO));
        checkInterrupt();
        SharedItem first = take(queue, 0);
        return first == null ? null : collect(queue, first, maxItems);
    }

    /** An item and what is there besides. What is claimed is delivered or given back, whatever fails, or nobody would ever get it while this process lives. */
    private Delivery collect(SharedQueue queue, SharedItem first, int maxItems) throws InterruptedException {
        List<SharedItem> items = List.of();
        SharedItem claimed = first; // and not yet among the items
        try {
            items = new ArrayList<>(Math.min(maxItems, FEW));
            long bytes = 0;
            while (claimed != null) {
                bytes += size(claimed);
                items.add(claimed);
                claimed = null;
                if (items.size() < maxItems && bytes < BATCH_BYTES) {
                    claimed = next(queue);
                }
            }
            return new SharedDelivery(this, items);
        } catch (Throwable t) {
            for (SharedItem item : items) {
                item.giveBack();
            }
            if (claimed != null) {
                claimed.giveBack();
            }
            throw t;
        }
    }

    private static long size(SharedItem item) {
        try {
            return item.bytes().remaining();
        } catch (UncheckedIOException lost) {
            return BATCH_BYTES; // who decodes it is told, and it is taken then, as one that cannot be decoded
        }
    }

    private static @Nullable SharedItem next(SharedQueue queue) throws InterruptedException {
        try {
            return queue.take(0).item();
        } catch (IOException | UncheckedIOException unreadable) {
            return null; // the next call meets it first
        }
    }

    private @Nullable SharedItem take(SharedQueue queue, long waitNanos)
            throws ObjectEndedException, InterruptedException {
        try {
            SharedQueue.Take take = queue.take(waitNanos);
            SharedItem item = take.item();
            if (item == null) {
                isDone(take.outcome());
            }
            return item;
        } catch (IOException | UncheckedIOException failure) {
            throw failed("no item is taken", failure);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Pending takeLater(Later later) {
        return laters.add(later);
    }

    @Override
    public Fill fill() throws ObjectEndedException, InterruptedException {
        SharedQueue queue = queue(Deadline.after(null));
        checkInterrupt();
        if (queue.hasEnded()) {
            throw new ObjectEndedException(whyEnded());
        }
        long size = queue.size();
        long capacity = queue.bound().items();
        return new Fill(size, capacity == Long.MAX_VALUE ? capacity : Math.max(0, capacity - size));
    }

    @Override
    public void shutDown(boolean immediate) throws ObjectEndedException, InterruptedException {
        SharedQueue queue = queue(Deadline.after(null));
        if (queue.hasEnded()) {
            throw new ObjectEndedException(whyEnded());
        }
        queue.shutDown(immediate);
        checkInterrupt();
    }

    @Override
    public long taskDone(int items) {
        throw uncounted();
    }

    @Override
    public @Nullable Finished join(@Nullable Duration timeout) {
        throw uncounted();
    }

    private static IllegalStateException uncounted() {
        return new IllegalStateException("the queue does not count what is done");
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public synchronized Object face(Function<QueueEngine, Object> maker) {
        if (face == null) {
            face = maker.apply(this);
        }
        return face;
    }

    private boolean isDone(SharedQueue.Outcome outcome) throws ObjectEndedException {
        return switch (outcome) {
            case DONE -> true;
            case LATE -> false;
            case SHUT_DOWN -> throw new ObjectEndedException(Ending.SHUT_DOWN);
            case ENDED -> throw new ObjectEndedException(whyEnded());
        };
    }

    /** What failed may have failed because the queue is gone. */
    private RuntimeException failed(String what, Exception failure) throws ObjectEndedException {
        Ending ending = ending();
        if (ending != null) {
            throw new ObjectEndedException(ending);
        }
        IOException cause = failure instanceof IOException io ? io : new IOException(failure.getMessage(), failure);
        return new UncheckedIOException(what + ": " + failure.getMessage(), cause);
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
