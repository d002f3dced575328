package io.procession.queue;

import static java.util.Objects.requireNonNull;

import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.queue.Finished;
import io.procession.internal.queue.QueueEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The only kind of {@link JoinableQueue}. */
final class FamilyJoinableQueue<T extends @Nullable Object> extends FamilyQueue<T> implements JoinableQueue<T> {
    private FamilyJoinableQueue(QueueEngine engine) {
        super(engine);
    }

    @SuppressWarnings("unchecked") // a queue is what its users say it holds, as an erased collection is
    static <T extends @Nullable Object> JoinableQueue<T> joinable(QueueEngine engine) {
        return (JoinableQueue<T>) engine.face(FamilyJoinableQueue<T>::new);
    }

    @Override
    public void taskDone() throws InterruptedException {
        taskDone(1);
    }

    @Override
    public void taskDone(int items) throws InterruptedException {
        if (items < 1) {
            throw new IllegalArgumentException("at least 1 item: " + items);
        }
        try {
            long unfinished = engine().taskDone(items);
            if (unfinished >= 0) {
                throw new IllegalStateException(
                        items + (items == 1 ? " item is" : " items are") + " said to be done, and " + unfinished
                                + " are unfinished: taskDone was called more often than items were put");
            }
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }

    @Override
    public void join() throws InterruptedException {
        boolean joined = joinWithin(null);
        while (!joined) {
            joined = joinWithin(null);
        }
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return joinWithin(requireNonNull(timeout, "timeout"));
    }

    private boolean joinWithin(@Nullable Duration timeout) throws InterruptedException {
        try {
            Finished how = engine().join(timeout);
            if (how != null && how.abandoned() > 0) {
                throw new AbandonedItemsException(how.abandoned(), how.by());
            }
            return how != null;
        } catch (ObjectEndedException ended) {
            throw closed(ended.ending());
        }
    }
}
