package io.procession.pool;

/**
 * The worker that ran a task held more memory than it may ever hold ({@link PoolBuilder#workerMemoryLimit}), so it was killed, and the task with it. The
 * task is not run again: it would need as much the next time. Tasks the worker had received but not started run elsewhere.
 */
public final class WorkerMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The name of the worker. */
    private final String workerName;
    /** The pid it had. */
    private final long pid;
    /** The task it ran. */
    private final long taskId;
    /** What it held, in bytes. */
    private final long residentBytes;
    /** What it might have held, in bytes. */
    private final long limitBytes;

    WorkerMemoryException(
            String message, String workerName, long pid, long taskId, long residentBytes, long limitBytes) {
        super(message);
        this.workerName = workerName;
        this.pid = pid;
        this.taskId = taskId;
        this.residentBytes = residentBytes;
        this.limitBytes = limitBytes;
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
     * The task that the worker ran, as it is numbered in this process.
     *
     * @return the id, as in the message
     */
    public long taskId() {
        return taskId;
    }

    /**
     * How much memory the worker's process held when that was found to be too much.
     *
     * @return its resident set size in bytes
     */
    public long residentBytes() {
        return residentBytes;
    }

    /**
     * How much it might have held.
     *
     * @return {@link PoolBuilder#workerMemoryLimit} in bytes
     */
    public long limitBytes() {
        return limitBytes;
    }
}
