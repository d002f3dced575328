package io.procession.transport.shm.queue;

import io.procession.transport.queue.QueueBound;
import io.procession.transport.queue.SharedItem;
import io.procession.transport.queue.SharedQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link WaitingQueue} as others know queues. */
final class OfferedQueue implements SharedQueue {
    private static final Take LATE = new Take(null, Outcome.LATE);
    private static final Take SHUT_DOWN = new Take(null, Outcome.SHUT_DOWN);
    private static final Take ENDED = new Take(null, Outcome.ENDED);

    private final WaitingQueue queue;
    private final Path link;
    private final Place place;
    private final SegmentPools.Use use;

    OfferedQueue(WaitingQueue queue, Path link, Place place, SegmentPools.Use use) {
        this.queue = queue;
        this.link = link;
        this.place = place;
        this.use = use;
    }

    @Override
    public Outcome put(List<ByteBuffer> item, long waitNanos) throws InterruptedException, IOException {
        return switch (queue.put(item, waitNanos)) {
            case DONE -> Outcome.DONE;
            case FULL -> Outcome.LATE;
            case SHUT -> Outcome.SHUT_DOWN;
            case ENDED -> Outcome.ENDED;
        };
    }

    @Override
    public Take take(long waitNanos) throws InterruptedException, IOException {
        WaitingQueue.Take take = queue.take(waitNanos);
        if (take == null) {
            return LATE;
        }
        Taken item = take.item();
        if (item == null) {
            return take.end() == MemoryQueue.Put.SHUT ? SHUT_DOWN : ENDED;
        }
        try {
            return new Take(new Item(queue, item), Outcome.DONE);
        } catch (Throwable t) { // the heap is full: nobody has the item
            queue.giveBack(item);
            throw t;
        }
    }

    @Override
    public long size() {
        return queue.size();
    }

    @Override
    public QueueBound bound() {
        return new QueueBound(queue.bound().items(), queue.bound().bytes());
    }

    @Override
    public void shutDown(boolean immediate) {
        if (immediate) {
            queue.shutDownNow();
        } else {
            queue.shutDown();
        }
    }

    @Override
    public void recover() {
        queue.recoverDead();
    }

    @Override
    public void leave() {
        queue.leave();
        use.left();
    }

    @Override
    public void end() {
        removeLink();
        queue.close();
        use.removed();
        place.removeIfEmpty();
    }

    @Override
    public void remove() {
        removeLink();
        queue.remove();
        use.removed();
        place.removeIfEmpty();
    }

    @Override
    public boolean hasEnded() {
        return queue.hasEnded();
    }

    private void removeLink() {
        try {
            Files.deleteIfExists(link);
        } catch (IOException e) {
            // It is swept with its family.
        }
    }

    private record Item(WaitingQueue queue, Taken taken) implements SharedItem {
        @Override
        public ByteBuffer bytes() {
            return taken.bytes();
        }

        @Override
        public boolean commit() {
            return queue.commit(taken);
        }

        @Override
        public void giveBack() {
            queue.giveBack(taken);
        }
    }
}
