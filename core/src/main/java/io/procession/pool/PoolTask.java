package io.procession.pool;

import io.procession.codec.SerializationException;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.TaskOperation;
import java.util.ArrayList;
import java.util.List;
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

    // Set before it is submitted.

    /** The items, if it is a part of a map. */
    @Nullable
    Chunk chunk;

    /** Whether the pool has accepted it before, as a part of something larger, and takes it although it is being closed. */
    boolean accepted;

    /** What the user gave, for {@code shutdownNow} to give back; null for a part of a map. */
    @Nullable
    Object source;

    /** Null for those of its pool. */
    @Nullable
    TaskLimits limits;

    // Guarded by the scheduler's lock.
    Place place = Place.NEW;

    @Nullable
    Worker holder;

    boolean unwanted;

    /** Whether it was answered without having been started. */
    boolean returned;

    /** It is being ended: interrupted, and its worker killed if that does not help. */
    boolean ending;

    /** How it came to its deadline, if it did. */
    @Nullable
    Expiry expiry;

    long submittedNanos;
    long heldNanos;

    /** The failures of workers that died while they ran it. */
    final List<WorkerDiedException> deaths = new ArrayList<>(0);

    /** How many workers died that had it before all others, and had not started it. */
    int strandings;

    /** Where a task is: in exactly one place. */
    enum Place {
        /** Not accepted yet; it may be cancelled already. */
        NEW,
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

    /** Whether it is tried again after its worker died of it. A chunk of several items is not, but by who cut it: only one of them is to blame. */
    boolean mayBeRetried() {
        Chunk part = chunk;
        return (part == null || part.size() == 1) && deaths.size() <= limits().retries();
    }

    /** Why a worker must not be sent it, which may not have been known when it was encoded; null if it may. */
    @Nullable
    SerializationException refusal(EncodeTarget worker) {
        SerializationException refusal = worker.refusal(argument);
        return refusal == null && function != null ? worker.refusal(function.encoded()) : refusal;
    }

    /** The limits it has, once it is submitted. */
    TaskLimits limits() {
        TaskLimits mine = limits;
        return mine == null ? TaskLimits.NONE : mine;
    }

    /** For messages: {@code task 12}, with the item of the map at which it was. */
    String describe(int item) {
        Chunk part = chunk;
        return part == null ? "task " + id : "task " + id + ", " + part.describe(item);
    }
}
