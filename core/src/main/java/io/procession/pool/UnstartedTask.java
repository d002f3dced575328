package io.procession.pool;

import io.procession.task.Action;
import java.util.concurrent.Callable;

/**
 * A task with a result that {@code shutdownNow} gives back: it can be given to another pool, or run here, and the result is dropped, since the future
 * that waited for it has been cancelled.
 */
final class UnstartedTask implements Action {
    private static final long serialVersionUID = 1L;

    /** What was submitted, and so is serialisable. */
    @SuppressWarnings("serial")
    private final Callable<?> task;

    private UnstartedTask(Callable<?> task) {
        this.task = task;
    }

    static Runnable of(Object source) {
        return source instanceof Runnable runnable ? runnable : new UnstartedTask((Callable<?>) source);
    }

    @Override
    public void perform() throws Exception {
        task.call();
    }

    @Override
    public String toString() {
        return "task not started[" + task + "]";
    }
}
