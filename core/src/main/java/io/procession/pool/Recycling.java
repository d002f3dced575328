package io.procession.pool;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When a worker is to be replaced by a fresh one. Guarded by the {@link Scheduler}'s lock. */
final class Recycling {
    /** A successor is started so long before it is needed, about what the start of a JVM takes. */
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final int maxTasks;
    private final long maxAgeNanos;
    private final long maxResidentBytes;
    private final long maxHeapBytes;

    Recycling(PoolSettings settings) {
        maxTasks = settings.maxTasksPerWorker;
        maxAgeNanos =
                settings.maxWorkerAge == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(settings.maxWorkerAge);
        maxResidentBytes = settings.maxWorkerMemoryBytes;
        maxHeapBytes = settings.maxWorkerHeapBytes;
    }

    int maxTasks() {
        return maxTasks;
    }

    /** Whether workers must be looked at from time to time, since not all that ends them happens with an answer. */
    boolean looks() {
        return limitsAge() || limitsMemory();
    }

    boolean limitsAge() {
        return maxAgeNanos != Long.MAX_VALUE;
    }

    boolean limitsMemory() {
        return maxResidentBytes > 0 || maxHeapBytes > 0;
    }

    /** How long until the worker is old. */
    long untilOld(Worker worker, long now) {
        return limitsAge() ? Math.max(0, maxAgeNanos - (now - worker.readyNanos)) : Long.MAX_VALUE;
    }

    /** Why a worker is to be replaced now, after an answer. */
    @Nullable
    EndReason afterAnswer(Worker worker) {
        return worker.done() >= worker.taskLimit ? EndReason.TASKS : null;
    }

    /** Why a worker is to be replaced now, as it was found. */
    @Nullable
    EndReason atLook(Worker worker, long heapBytes) {
        if (maxResidentBytes > 0 && worker.residentBytes > maxResidentBytes) {
            return EndReason.MEMORY;
        }
        return maxHeapBytes > 0 && heapBytes > maxHeapBytes ? EndReason.HEAP : null;
    }

    /** Whether the worker will soon have run all the tasks it may, with so many waiting. */
    boolean endsSoon(Worker worker, int waiting) {
        int left = worker.taskLimit - worker.done();
        return left <= waiting + worker.load()
                && worker.averageNanos() > 0
                && left <= AHEAD_NANOS / worker.averageNanos();
    }
}
