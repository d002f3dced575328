package io.procession.pool;

import io.procession.internal.child.CrashReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process that was running a task has ended, and with it the task. Each future gets an exception object of its own. Tasks the dead
 * worker had received but not started are not affected: they run in another worker. If the task was {@linkplain PoolBuilder#retryOnCrash tried
 * more than once}, the failures of the earlier attempts are {@linkplain #getSuppressed suppressed} in this one.
 */
public final class WorkerDiedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The name of the worker. */
    private final String workerName;
    /** The pid it had. */
    private final long pid;
    /** How long it had lived. */
    private final Duration age;
    /** Its exit code. */
    private final int exitCode;
    /** The signal that ended it, or null. */
    private final @Nullable String signal;
    /** What probably ended it. */
    private final DeathCause likelyCause;
    /** The task it was running. */
    private final long taskId;
    /** How many workers have died of it. */
    private final int attempts;
    /** Its last lines on stderr. */
    private final String[] standardErrorTail;
    /** What its JVM wrote about its crash, or null. */
    private final @Nullable String crashFile;

    WorkerDiedException(Worker worker, WorkerEnd end, long taskId, int attempts, String message) {
        super(message);
        this.workerName = worker.name;
        this.pid = end.pid();
        this.age = worker.age();
        this.exitCode = end.exit().code();
        this.signal = end.exit().signal();
        this.likelyCause = end.cause();
        this.taskId = taskId;
        this.attempts = attempts;
        this.standardErrorTail = end.exit().stderrTail().toArray(String[]::new);
        CrashReport crash = end.exit().crash();
        this.crashFile = crash == null ? null : crash.file().toString();
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
     * How old the worker became.
     *
     * @return the time from its launch to its end
     */
    public Duration age() {
        return age;
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
     * What probably ended the worker. The message says it in words.
     *
     * @return the cause that fits the evidence best
     */
    public DeathCause likelyCause() {
        return likelyCause;
    }

    /**
     * How many workers have died while they ran the task.
     *
     * @return 1 or more; 0 if the task was not even started, because no worker could receive it
     */
    public int attempts() {
        return attempts;
    }

    /**
     * What the worker's JVM wrote about its own crash ({@code hs_err_pid...log}). It stays where it is until somebody deletes it.
     *
     * @return the file; empty if there was no crash, or none that was written down
     */
    public Optional<Path> crashFile() {
        return Optional.ofNullable(crashFile).map(Path::of);
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
