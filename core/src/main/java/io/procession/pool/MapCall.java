package io.procession.pool;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.TaskFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One {@code map}, driven by the thread that called it: it cuts and encodes chunks as workers become free and decodes what comes back, so
 * neither costs an I/O thread anything, and only a few chunks exist in encoded form at any time.
 */
final class MapCall<T extends @Nullable Object, R extends @Nullable Object> {
    /** One running and one waiting chunk keep a worker busy. */
    private static final int CHUNKS_PER_WORKER = 2;

    private final Scheduler scheduler;
    private final MappedFunction function;
    private final List<? extends T> items;
    private final @Nullable Object[] results;
    private final ChunkSizer sizer;
    private final LinkedBlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
    private final Set<PoolTask> outstanding = new HashSet<>();

    private record Chunk(int from, int size) {}

    private record Answered(Chunk chunk, PoolTask task, Answer answer, long workNanos) {}

    MapCall(Scheduler scheduler, TaskFunction<? super T, ? extends R> function, List<? extends T> items) {
        this.scheduler = scheduler;
        this.function = new MappedFunction(Codec.standard().encode(function));
        this.items = items;
        this.results = new Object[items.size()];
        this.sizer = new ChunkSizer(scheduler.size());
    }

    @SuppressWarnings("unchecked")
    List<R> call() throws InterruptedException {
        int next = 0;
        try {
            while (next < results.length || !outstanding.isEmpty()) {
                while (next < results.length && outstanding.size() < CHUNKS_PER_WORKER * scheduler.size()) {
                    Chunk chunk = new Chunk(next, sizer.next(results.length - next));
                    submit(chunk);
                    next += chunk.size();
                }
                store(answers.take());
            }
            return Collections.unmodifiableList((List<R>) Arrays.asList(results));
        } finally {
            // Empty unless a failure or an interrupt ends the call early: then nobody wants what is still to come.
            outstanding.forEach(task -> scheduler.cancel(task, false));
            scheduler.forget(function);
        }
    }

    private void submit(Chunk chunk) {
        // A copy, since a view of the caller's list would be of a type of its own.
        List<Object> part = new ArrayList<>(items.subList(chunk.from(), chunk.from() + chunk.size()));
        Encoded encoded = Codec.standard().encode(part);
        Receipt receipt = new Receipt(chunk);
        PoolTask task = new PoolTask(TaskOperation.MAP, encoded, function, receipt);
        task.firstItem = chunk.from();
        task.items = results.length;
        receipt.task = task;
        scheduler.submit(task);
        outstanding.add(task); // not before: what was refused has no place from which it could be taken
    }

    private void store(Answered answered) {
        outstanding.remove(answered.task());
        Answer answer = answered.answer();
        if (answer instanceof Answer.Value value) {
            List<?> part = (List<?>) value.decode();
            Chunk chunk = answered.chunk();
            if (part == null || part.size() != chunk.size()) {
                throw new IllegalStateException(
                        "a worker answered " + (part == null ? "null" : part.size() + " results") + " for a chunk of "
                                + chunk.size() + " items");
            }
            for (int i = 0; i < chunk.size(); i++) {
                results[chunk.from() + i] = part.get(i);
            }
            sizer.measured(chunk.size(), answered.workNanos());
        } else if (answer instanceof Answer.Thrown thrown) {
            Throwable failure = thrown.decode();
            if (thrown.item() >= 0) {
                failure.addSuppressed(new FailedItem(answered.chunk().from() + thrown.item(), results.length));
            }
            throw TaskFailures.rethrow(failure);
        } else if (answer instanceof Answer.Lost lost) {
            throw TaskFailures.rethrow(lost.cause());
        }
    }

    private final class Receipt implements PoolTask.Receiver {
        private final Chunk chunk;
        private @Nullable PoolTask task;

        Receipt(Chunk chunk) {
            this.chunk = chunk;
        }

        @Override
        public void answered(Answer answer, long workNanos) {
            PoolTask answeredTask = task;
            if (answeredTask != null) {
                answers.add(new Answered(chunk, answeredTask, answer, workNanos));
            }
        }
    }
}
