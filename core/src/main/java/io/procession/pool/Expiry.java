package io.procession.pool;

import org.jspecify.annotations.Nullable;

/** How a task came to its deadline. Guarded by the {@link Scheduler}'s lock. */
final class Expiry {
    private final PoolTask task;
    private final Worker worker;
    private final int item;
    private @Nullable String dump;

    /** Whether the time has begun in which the task may still end by itself. */
    boolean grace;

    Expiry(PoolTask task, Worker worker, int item) {
        this.task = task;
        this.worker = worker;
        this.item = item;
    }

    void dumped(String text) {
        dump = text;
    }

    /** Whether the worker is known to have lived at the deadline: the end of one that dies by itself may be heard of a little later. */
    boolean wasAlive() {
        return dump != null;
    }

    /** The answer to the task: it was ended, at the item at which it was. */
    Answer answer(boolean killed) {
        return new Answer.Lost(failure(killed), item);
    }

    /** A failure for the task. */
    TaskTimeoutException failure(boolean killed) {
        return new TaskTimeoutException(
                task.id,
                task.describe(item),
                task.limits().timeout(),
                worker.name,
                worker.port.pid(),
                killed,
                dump == null ? "" : dump);
    }
}
