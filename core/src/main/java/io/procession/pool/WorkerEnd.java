package io.procession.pool;

import io.procession.internal.child.Child;
import io.procession.internal.child.Exit;
import io.procession.internal.family.StatusPageReader;
import java.io.UncheckedIOException;

/**
 * How a worker's process ended.
 *
 * @param startedTask the last task it had started, answered or not; 0 if there was none
 * @param item the item of its chunk at which that task was; -1 if it was still being decoded
 * @param pid the pid it had
 * @param exit what else is known
 * @param cause what probably ended it
 */
record WorkerEnd(long startedTask, int item, long pid, Exit exit, DeathCause cause) {
    static WorkerEnd of(Child child, Exit exit) {
        StatusPageReader page = child.status();
        long task = 0;
        int item = -1;
        boolean goodbye = false;
        try {
            task = page.task();
            item = page.item();
            goodbye = page.saidGoodbye();
        } catch (UncheckedIOException | IllegalStateException unreadable) {
            // Without evidence no task is blamed; each runs elsewhere.
        }
        boolean oomKills = "SIGKILL".equals(exit.signal()) && OomKills.haveGrown();
        return new WorkerEnd(task, item, child.pid(), exit, DeathCause.of(exit, goodbye, oomKills));
    }

    /**
     * A failure for a task that the worker had: a new object for each.
     *
     * @param started whether it had started it
     */
    WorkerDiedException failure(Worker worker, PoolTask task, boolean started) {
        int attempts = task.deaths.size() + (started ? 1 : 0);
        StringBuilder message = new StringBuilder(described(worker));
        if (started) {
            message.append(" while running ").append(task.describe(item));
            if (attempts > 1) {
                message.append(", which ").append(attempts).append(" workers have died of");
            }
        } else {
            message.append(" while task ")
                    .append(task.id)
                    .append(" was on its way to it, as did ")
                    .append(task.strandings - 1)
                    .append(" workers before; its argument has ")
                    .append(task.argument.sizeBytes())
                    .append(" bytes");
        }
        EndReason reason = worker.reason;
        message.append(reason == null ? " (" + cause.clause() + ")" : " (killed by its pool: " + reason + ")");
        WorkerDiedException failure = new WorkerDiedException(
                worker, this, task.id, attempts, message.append(said()).toString());
        task.deaths.forEach(failure::addSuppressed);
        return failure;
    }

    /** A failure for a task whose worker held too much memory. */
    WorkerMemoryException memoryFailure(Worker worker, PoolTask task, long limitBytes) {
        return new WorkerMemoryException(
                "worker " + worker.name + " (pid " + pid + ") was killed while running " + task.describe(item)
                        + ": it held " + mebibytes(worker.residentBytes)
                        + " of memory, and the workerMemoryLimit of its pool allows " + mebibytes(limitBytes)
                        + "; if the task needs that much, raise the limit with PoolBuilder.workerMemoryLimit",
                worker.name,
                pid,
                task.id,
                worker.residentBytes,
                limitBytes);
    }

    private static String mebibytes(long bytes) {
        return bytes % (1 << 20) == 0 || bytes >= 10 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }

    /** Why the pool gives up: no worker starts. */
    IllegalStateException startFailure(Worker worker, int attempts) {
        Throwable failure = worker.initializerFailure;
        String last = attempts + " workers in a row ended before they were ready; the last: ";
        return failure == null
                ? new IllegalStateException(last + described(worker) + said())
                : new IllegalStateException(
                        last + "the initializer of worker " + worker.name + " (pid " + pid + ") failed: " + failure,
                        failure);
    }

    /** Why the pool gives up: too many die. */
    IllegalStateException budgetFailure(Worker worker, CrashBudget budget) {
        return new IllegalStateException(
                "more than " + budget + "; the last: " + described(worker) + " (" + cause.clause() + ")" + said());
    }

    private String described(Worker worker) {
        String problem = worker.startProblem;
        return "worker " + worker.name + " (pid " + pid + ") "
                + (problem == null ? exit.describe() : "was killed by its pool while it started: " + problem);
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
