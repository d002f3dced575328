package io.procession.pool;

import io.procession.codec.SerializationException;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.TaskFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one map on their way. Whoever drives the map sends them, on its own time, since encoding may run code of the user; answers arrive by I/O
 * threads and wait here, still encoded, until the driver takes them. Used by one thread at a time, but for {@link #close}.
 */
final class ChunkFlow {
    /** Wakes a driver that waits: the flow was closed, or there is something else to see. */
    private static final Answered WAKE_UP = new Answered(new Chunk(List.of(), 0, 0), new Answer.Given(null), 0, null);

    /** The neighbours of an item that ended its worker run one by one; of very large chunks, in so many parts. */
    private static final int MOST_PARTS = 1000;

    private final Scheduler scheduler;
    private final TaskLimits limits;
    private final TaskOperation operation;
    private final boolean accepted;
    private final MappedFunction function;
    private final Consumer<Answered> whenAnswered;
    private final LinkedBlockingQueue<Answered> answers = new LinkedBlockingQueue<>();

    /** Guarded by this. */
    private final Set<PoolTask> outstanding = new HashSet<>();

    /** Written under the lock of this. */
    private volatile boolean closed;

    /**
     * A chunk and what became of it.
     *
     * @param hold keeps a pool that is being closed from ending before what is left of the chunk has been sent again; null if that cannot be
     */
    record Answered(
            Chunk chunk,
            Answer answer,
            long workNanos,
            @Nullable Hold hold) {
        /** What the answer asks for has been done. */
        void release() {
            if (hold != null) {
                hold.release();
            }
        }
    }

    /** Counts as one unfinished task of the pool until it is released, which may be done more than once. */
    static final class Hold {
        private final Scheduler scheduler;
        private final AtomicBoolean released = new AtomicBoolean();

        Hold(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        void release() {
            if (released.compareAndSet(false, true)) {
                scheduler.leave();
            }
        }
    }

    /**
     * @param limits what an item may cost
     * @param operation whether the first failure of an item ends its chunk
     * @param accepted whether the pool has accepted the map as a whole, so that chunks are taken while it is being closed; else it is held while
     *     what is left of a chunk that failed has to be sent again
     * @param whenAnswered called by any thread after an answer has come, and when the flow is closed; does not block
     * @throws SerializationException if the function cannot be serialised
     */
    ChunkFlow(
            Scheduler scheduler,
            TaskLimits limits,
            TaskFunction<?, ?> function,
            TaskOperation operation,
            boolean accepted,
            Consumer<Answered> whenAnswered) {
        this.scheduler = scheduler;
        this.limits = limits;
        this.operation = operation;
        this.accepted = accepted;
        this.function = new MappedFunction(Codec.standard().encode(function, scheduler.target()));
        this.whenAnswered = whenAnswered;
    }

    /**
     * Encodes a chunk and gives it to the pool.
     *
     * @return the size of the encoded items in bytes
     * @throws SerializationException if an item cannot be serialised, or the workers cannot use what the function contains; nothing was sent then
     * @throws java.util.concurrent.RejectedExecutionException if the pool takes no more
     */
    long send(Chunk chunk) {
        return send(chunk, null, false);
    }

    /**
     * The same for what may have been a part of another chunk.
     *
     * @param death how a worker died of it; null if none did
     * @param part whether it was a part of what the pool has accepted
     */
    long send(Chunk chunk, @Nullable WorkerDiedException death, boolean part) {
        EncodeTarget workers = scheduler.target();
        SerializationException refusal = workers.refusal(function.encoded());
        if (refusal != null) { // encoded before it was known what the workers have
            throw refusal;
        }
        Encoded encoded = Codec.standard().encode(chunk.items(), workers);
        Receipt receipt = new Receipt(chunk);
        PoolTask task = new PoolTask(operation, encoded, function, receipt);
        task.chunk = chunk;
        task.accepted = accepted || part;
        task.limits = limits;
        if (death != null) {
            task.deaths.add(death);
        }
        receipt.task = task;
        synchronized (this) {
            if (closed) {
                throw new CancellationException("the map was cancelled");
            }
            outstanding.add(task); // before the answer comes, which takes it out
        }
        boolean sent = false;
        try {
            scheduler.submit(task);
            sent = true;
            return encoded.sizeBytes();
        } finally {
            if (!sent) {
                remove(task);
            }
        }
    }

    /** Whether a chunk whose worker died is to be sent again in parts, so that only the item to blame has an attempt less. */
    boolean mayBeSplit(Chunk chunk, Answer answer) {
        return limits.retries() > 0 && chunk.size() > 1 && death(answer) != null;
    }

    /** Does something with each part of such a chunk, and with the death that is to be sent with it. */
    static void split(Chunk chunk, Answer answer, BiConsumer<Chunk, @Nullable WorkerDiedException> send) {
        int guilty = answer instanceof Answer.Lost lost ? lost.item() : -1;
        int step = 1 + chunk.size() / MOST_PARTS;
        for (int from = 0; from < chunk.size(); ) {
            int to = Math.min(chunk.size(), from + step);
            if (from == guilty) {
                to = from + 1;
            } else if (from < guilty) {
                to = Math.min(to, guilty);
            }
            send.accept(chunk.part(from, to), from == guilty ? death(answer) : null);
            from = to;
        }
    }

    private static @Nullable WorkerDiedException death(Answer answer) {
        return answer instanceof Answer.Lost lost && lost.cause() instanceof WorkerDiedException death ? death : null;
    }

    /** How many chunks have not been answered. */
    synchronized int outstanding() {
        return outstanding.size();
    }

    /** What has come, oldest first; null if there is nothing, or it was closed. */
    @Nullable
    Answered poll() {
        return unlessWakeUp(answers.poll());
    }

    /** Waits for what comes next; null if nothing came in time, or it was closed, or {@link #wake}. */
    @Nullable
    Answered poll(long nanos) throws InterruptedException {
        return unlessWakeUp(answers.poll(nanos, TimeUnit.NANOSECONDS));
    }

    /** Whether something has come. */
    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /** Hands on what has come, also after it was closed. Whoever waits is to be {@linkplain #wake woken} then. */
    void drain(Consumer<Answered> consumer) {
        for (Answered next = answers.poll(); next != null; next = answers.poll()) {
            Answered answered = unlessWakeUp(next);
            if (answered != null) {
                consumer.accept(answered);
            }
        }
    }

    /** There is something to see for a driver that waits. */
    void wake() {
        answers.add(WAKE_UP);
    }

    @SuppressWarnings("ReferenceEquality") // a mark
    private static @Nullable Answered unlessWakeUp(@Nullable Answered answered) {
        return answered == WAKE_UP ? null : answered;
    }

    /**
     * Nobody wants what is still to come: chunks not started are not run, those that run end with the item they are at. Idempotent.
     *
     * @param interrupt whether that item is ended, too, if need be with its worker
     */
    void close(boolean interrupt) {
        List<PoolTask> unwanted;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            unwanted = List.copyOf(outstanding);
        }
        for (int i = unwanted.size() - 1; i >= 0; i--) {
            scheduler.cancel(unwanted.get(i), interrupt);
        }
        scheduler.forget(function);
        wake();
        whenAnswered.accept(WAKE_UP);
    }

    boolean isClosed() {
        return closed;
    }

    private synchronized void remove(PoolTask task) {
        outstanding.remove(task);
    }

    private final class Receipt implements PoolTask.Receiver {
        private final Chunk chunk;
        private @Nullable PoolTask task;

        Receipt(Chunk chunk) {
            this.chunk = chunk;
        }

        @Override
        public void answered(Answer answer, long workNanos) {
            PoolTask mine = task;
            if (mine != null) {
                boolean mayLeaveParts = !accepted && !(answer instanceof Answer.Value);
                Hold hold = mayLeaveParts && scheduler.hold() ? new Hold(scheduler) : null;
                Answered answered = new Answered(chunk, answer, workNanos, hold);
                answers.add(
                        answered); // before it is not outstanding any more: nobody then thinks that nothing is to come
                remove(mine);
                whenAnswered.accept(answered);
            }
        }
    }
}
