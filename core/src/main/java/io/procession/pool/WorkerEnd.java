package io.procession.pool;

import io.procession.internal.child.Child;
import io.procession.internal.child.Exit;
import io.procession.internal.family.StatusPageReader;
import java.io.UncheckedIOException;

/**
 * How a worker's process ended.
 *
 * @param startedTask the last task it had started, answered or not; 0 if there was none
 * @param item the item of its chunk at which that task was
 * @param pid the pid it had
 * @param exit what else is known
 */
record WorkerEnd(long startedTask, int item, long pid, Exit exit) {
    static WorkerEnd of(Child child, Exit exit) {
        StatusPageReader page = child.status();
        long task = 0;
        int item = 0;
        try {
            task = page.task();
            item = page.item();
        } catch (UncheckedIOException e) {
            // Without evidence no task is blamed; each runs elsewhere.
        }
        return new WorkerEnd(task, item, child.pid(), exit);
    }

    /** A failure for the task that the worker had started: a new object for each. */
    WorkerDiedException failure(Worker worker, PoolTask task) {
        StringBuilder message = new StringBuilder()
                .append(described(worker))
                .append(" while running task ")
                .append(task.id);
        if (task.function != null) {
            message.append(", at item ")
                    .append(task.firstItem + item)
                    .append(" of ")
                    .append(task.items);
        }
        return new WorkerDiedException(
                worker.name,
                pid,
                exit.code(),
                exit.signal(),
                task.id,
                exit.stderrTail(),
                message.append(said()).toString());
    }

    /** Why the pool gives up. */
    IllegalStateException startFailure(Worker worker, int attempts) {
        return new IllegalStateException(
                attempts + " workers in a row ended before they were ready; the last: " + described(worker) + said());
    }

    private String described(Worker worker) {
        return "worker " + worker.name + " (pid " + pid + ") " + exit.describe();
    }

    private String said() {
        StringBuilder text = new StringBuilder();
        if (!exit.lastWords().isEmpty()) {
            text.append("\n  its last words: ").append(exit.lastWords().strip().replace("\n", "\n    "));
        } else if (!exit.stderrTail().isEmpty()) {
            text.append("\n  its last lines on stderr:");
            exit.stderrTail().forEach(line -> text.append("\n    ").append(line));
        }
        if (exit.crash() != null) {
            text.append("\n  ").append(exit.crash());
        }
        return text.toString();
    }
}
