package io.procession.pool;

import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.WorkerHooks;
import io.procession.process.WorkerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a pool was asked to be: an immutable copy of what its builder held, each value checked there. Not a record, because only the builder makes
 * one, and a new option shall not change every line that does.
 */
final class PoolSettings {
    final String name;
    final int workers;
    final WorkerOptions workerOptions;
    final TaskLimits taskLimits;
    final Duration gracePeriod;
    final Duration startTimeout;
    final int maxTasksPerWorker;
    final @Nullable Duration maxWorkerAge;

    /** 0 for any. */
    final long maxWorkerMemoryBytes;

    final long maxWorkerHeapBytes;
    final long workerMemoryLimitBytes;
    final CrashBudget crashBudget;
    final WorkerHooks hooks;

    /** Whether there is an initializer among the hooks. */
    final boolean initializes;

    /** 0 for any number. */
    final int maxQueued;

    final WhenFull whenFull;
    final @Nullable PoolListener listener;

    PoolSettings(PoolBuilder from, String name) {
        this.name = name;
        this.workers = from.workers;
        this.workerOptions = from.options;
        this.taskLimits = from.taskLimits;
        this.gracePeriod = from.gracePeriod;
        this.startTimeout = from.startTimeout;
        this.hooks = new WorkerHooks(
                bytes(from.initializer), from.initializerTimeout, bytes(from.finalizer), from.finalizerTimeout);
        this.initializes = from.initializer != null;
        this.maxQueued = from.maxQueued;
        this.whenFull = from.whenFull;
        this.maxTasksPerWorker = from.maxTasksPerWorker;
        this.maxWorkerAge = from.maxWorkerAge;
        this.maxWorkerMemoryBytes = from.maxWorkerMemoryBytes;
        this.maxWorkerHeapBytes = from.maxWorkerHeapBytes;
        this.workerMemoryLimitBytes = from.workerMemoryLimitBytes;
        this.listener = from.listener;
        this.crashBudget =
                from.maxDeaths == 0 ? CrashBudget.UNLIMITED : new CrashBudget(from.maxDeaths, from.deathWindow);
    }

    private static byte[] bytes(@Nullable Encoded hook) {
        return hook == null ? new byte[0] : hook.joined().array();
    }
}
