package io.procession.pool;

import io.procession.internal.connection.Deadline;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.TaskFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One map over a list, all of whose results are wanted: by the thread that called it, which then drives it, or later, and then threads of
 * {@link MapPump} do. Whoever drives it cuts and encodes chunks as workers become free and decodes what comes back, so neither costs an I/O thread
 * anything, and only a few chunks exist in encoded form at any time. Until it has ended it counts as one task of its pool.
 */
final class MapCall<T extends @Nullable Object, R extends @Nullable Object> {
    /** One running and one waiting chunk keep a worker busy. */
    private static final int CHUNKS_PER_WORKER = 2;

    private final Scheduler scheduler;
    private final List<? extends T> items;
    private final @Nullable Object[] results;
    private final ChunkSizer sizer;
    private final MapPump pump = new MapPump(this::advance);
    private final ChunkFlow flow;
    private final TaskFuture<List<R>> future = new TaskFuture<>((cancelled, interrupt) -> end(interrupt));
    private final MapOptions options;
    private final Deadline deadline;
    private volatile @Nullable MapTimer timer;
    private boolean ended;
    private int next;
    private int missing;

    /**
     * @throws io.procession.codec.SerializationException if the function cannot be serialised
     * @throws java.util.concurrent.RejectedExecutionException if the pool takes no more
     */
    MapCall(
            Scheduler scheduler,
            TaskLimits limits,
            TaskFunction<? super T, ? extends R> function,
            List<? extends T> items,
            MapOptions options) {
        this.scheduler = scheduler;
        this.items = items;
        this.results = new Object[items.size()];
        this.missing = results.length;
        this.options = options;
        this.deadline = Deadline.after(options.timeout());
        this.sizer = new ChunkSizer(options.chunkSize());
        this.flow = new ChunkFlow(scheduler, limits, function, TaskOperation.MAP, true, answered -> pump.wake());
        scheduler.enter();
    }

    /** Drives it to its end on this thread. */
    List<R> call() throws InterruptedException {
        pump.disable();
        try {
            send();
            while (missing > 0) {
                ChunkFlow.Answered answered = flow.poll(deadline.leftNanos());
                Throwable failure = answered == null ? null : store(answered);
                if (failure != null) {
                    throw TaskFailures.rethrow(failure);
                }
                if (answered == null && deadline.hasPassed()) {
                    end(true);
                    throw TaskFailures.rethrow(options.late());
                }
                send();
            }
            return list();
        } finally {
            end(false);
        }
    }

    /** Starts it; others drive it. */
    CompletableFuture<List<R>> start() {
        pump.wake();
        if (options.timeout() != null) {
            MapTimer begun = MapTimer.begin(deadline, pump::wake);
            timer = begun;
            synchronized (this) {
                if (ended) { // meanwhile, and did not see it
                    begun.stop();
                }
            }
        }
        return future;
    }

    /** Does what can be done without waiting; called by one thread at a time, again after each answer. */
    private void advance() {
        @Nullable Answer answer;
        try {
            answer = flow.isClosed() ? null : progress();
        } catch (Throwable failure) {
            answer = new Answer.Lost(failure);
        }
        if (answer != null) {
            future.answered(answer, 0); // before the end, so that a pool that is being closed waits for it
            end(missing > 0 && deadline.hasPassed());
        }
    }

    private @Nullable Answer progress() {
        for (ChunkFlow.Answered answered = flow.poll(); answered != null; answered = flow.poll()) {
            Throwable failure = store(answered);
            if (failure != null) {
                return new Answer.Lost(failure);
            }
        }
        if (missing > 0 && deadline.hasPassed()) {
            return new Answer.Lost(options.late());
        }
        send();
        return missing > 0 ? null : new Answer.Given(list());
    }

    /** Nothing of it is wanted any more, or there is nothing more of it. */
    private void end(boolean interrupt) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        MapTimer begun = timer;
        if (begun != null) {
            begun.stop();
        }
        try {
            flow.close(interrupt);
        } finally {
            scheduler.leave();
        }
    }

    private void send() {
        int workers = scheduler.size();
        while (next < results.length && flow.outstanding() < CHUNKS_PER_WORKER * workers) {
            int size = sizer.next(results.length - next, workers);
            // A copy, since a view of the caller's list would be of a type of its own.
            flow.send(new Chunk(new ArrayList<>(items.subList(next, next + size)), next, results.length));
            next += size;
        }
    }

    /** Takes the results of a chunk, or else tells what it failed with. */
    private @Nullable Throwable store(ChunkFlow.Answered answered) {
        Chunk chunk = answered.chunk();
        Answer answer = answered.answer();
        if (answer instanceof Answer.Value value) {
            List<?> part = Outcomes.list(value.decode(), chunk);
            for (int i = 0; i < chunk.size(); i++) {
                results[(int) chunk.first() + i] = part.get(i);
            }
            missing -= chunk.size();
            sizer.measured(chunk.size(), answered.workNanos());
            return null;
        }
        if (answer instanceof Answer.Thrown thrown) {
            Throwable failure = thrown.decode();
            if (thrown.item() >= 0) {
                failure.addSuppressed(new FailedItem(chunk.describe(thrown.item())));
            }
            return failure;
        }
        if (flow.mayBeSplit(chunk, answer)) {
            ChunkFlow.split(chunk, answer, (part, death) -> flow.send(part, death, true));
            return null;
        }
        return answer instanceof Answer.Lost lost ? lost.cause() : new AssertionError("a chunk answered " + answer);
    }

    @SuppressWarnings("unchecked")
    private List<R> list() {
        return Collections.unmodifiableList((List<R>) Arrays.asList(results));
    }
}
