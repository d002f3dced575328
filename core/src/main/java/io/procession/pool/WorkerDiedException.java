package io.procession.pool;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process that was running a task has ended, and with it the task. Each future gets an exception object of its own. Tasks the dead
 * worker had received but not started are not affected: they run in another worker.
 */
public final class WorkerDiedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The name of the worker. */
    private final String workerName;
    /** The pid it had. */
    private final long pid;
    /** Its exit code. */
    private final int exitCode;
    /** The signal that ended it, or null. */
    private final @Nullable String signal;
    /** The task it was running. */
    private final long taskId;
    /** Its last lines on stderr. */
    private final String[] standardErrorTail;

    WorkerDiedException(
            String workerName,
            long pid,
            int exitCode,
            @Nullable String signal,
            long taskId,
            List<String> standardErrorTail,
            String message) {
        super(message);
        this.workerName = workerName;
        this.pid = pid;
        this.exitCode = exitCode;
        this.signal = signal;
        this.taskId = taskId;
        this.standardErrorTail = standardErrorTail.toArray(String[]::new);
    }

    /**
     * The name of the worker, such as {@code pool-1-worker-3}.
     *
     * @return the name
     */
    public String workerName() {
        return workerName;
    }

    /**
     * The operating system's id of the worker's process, which has ended.
     *
     * @return the pid
     */
    public long pid() {
        return pid;
    }

    /**
     * The exit code as the JDK tells it: 128 + the number of the signal for a process ended by one.
     *
     * @return the exit code
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * The signal that ended the worker, as far as the evidence tells.
     *
     * @return a name such as {@code SIGKILL}; empty if the process exited by itself
     */
    public Optional<String> signal() {
        return Optional.ofNullable(signal);
    }

    /**
     * The task that the worker had started, as it is numbered in this process.
     *
     * @return the id, as in the message
     */
    public long taskId() {
        return taskId;
    }

    /**
     * What the worker wrote last to its standard error.
     *
     * @return the last lines, oldest first; empty if it wrote nothing
     */
    public List<String> standardErrorTail() {
        return List.of(standardErrorTail);
    }
}
