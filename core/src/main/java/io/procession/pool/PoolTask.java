package io.procession.pool;

import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.TaskOperation;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One task on its way: what is sent, and who waits for the answer. */
final class PoolTask {
    /** Ids are unique in this process, so that an answer needs nothing else to find its task. */
    private static final AtomicLong IDS = new AtomicLong();

    /** Told once how the task ended; called by any thread, so it neither blocks nor runs code of the user. */
    interface Receiver {
        void answered(Answer answer, long workNanos);
    }

    final long id = IDS.incrementAndGet();
    final TaskOperation operation;
    final Encoded argument;
    final @Nullable MappedFunction function;
    final Receiver receiver;

    /** Where in its map the first item of this chunk stands, and how many items the map has; set before it is submitted. */
    int firstItem;

    int items;

    /** What the user gave, for {@code shutdownNow} to give back; null for a part of a map. */
    @Nullable
    Object source;

    // Guarded by the scheduler's lock.
    Place place = Place.WAITING;

    @Nullable
    Worker holder;

    boolean unwanted;

    /** Whether it was answered without having been started. */
    boolean returned;

    /** Where a task is: in exactly one place. */
    enum Place {
        WAITING,
        HELD,
        ANSWERED
    }

    PoolTask(TaskOperation operation, Encoded argument, @Nullable MappedFunction function, Receiver receiver) {
        this.operation = operation;
        this.argument = argument;
        this.function = function;
        this.receiver = receiver;
    }
}
