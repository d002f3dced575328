package io.procession.pool;

import io.procession.internal.pool.TimeText;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A task ran longer than it may ({@link PoolBuilder#taskTimeout}). It was interrupted, and if that did not end it in time, its worker was killed and
 * replaced; other tasks were not affected. Not to be taken for the {@link TimeoutException} of a {@code get} that waited too long, which leaves the task alone.
 */
public final class TaskTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    /** So many lines of its stack are in the message. */
    private static final int FRAMES = 8;

    /** The task. */
    private final long taskId;
    /** How long it may run. */
    private final Duration timeout;
    /** The name of its worker. */
    private final String workerName;
    /** The pid of its worker. */
    private final long pid;
    /** Whether the worker was killed. */
    private final boolean workerKilled;
    /** The stacks of the worker's threads, or empty. */
    private final String threadDump;

    TaskTimeoutException(
            long taskId,
            String task,
            Duration timeout,
            String workerName,
            long pid,
            boolean workerKilled,
            String threadDump) {
        super(task + " ran longer than its limit of " + TimeText.of(timeout) + " in worker " + workerName + " (pid "
                + pid
                + ") and was "
                + (workerKilled ? "ended with that worker, since it did not heed the interrupt" : "interrupted")
                + (threadDump.isEmpty() ? "; the worker did not say what it was doing" : where(threadDump)));
        this.taskId = taskId;
        this.timeout = timeout;
        this.workerName = workerName;
        this.pid = pid;
        this.workerKilled = workerKilled;
        this.threadDump = threadDump;
    }

    /** The innermost lines of the task's own stack, for a message that can be read at a glance. */
    private static String where(String threadDump) {
        StringBuilder text = new StringBuilder();
        int frames = 0;
        for (String line : threadDump.split("\n", -1)) {
            String frame = line.strip();
            if (frame.isEmpty() || frame.contains("io.procession.internal.")) {
                break; // what follows is how every task is called, and other threads
            }
            if (frame.startsWith("at ") && ++frames <= FRAMES) {
                text.append("\n    ").append(frame);
            } else if (frame.startsWith("\"") && frames > 0) {
                break;
            }
        }
        return text.isEmpty() ? "" : "; when its time was over it was" + text + "\n  (threadDump() has all stacks)";
    }

    /**
     * The task, as it is numbered in this process.
     *
     * @return the id, as in the message
     */
    public long taskId() {
        return taskId;
    }

    /**
     * How long the task may run.
     *
     * @return the time limit it had
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * The worker that ran it.
     *
     * @return its name, such as {@code pool-1-worker-3}
     */
    public String workerName() {
        return workerName;
    }

    /**
     * The process id of the worker that ran it.
     *
     * @return the pid; the process has ended if {@link #workerKilled()}
     */
    public long pid() {
        return pid;
    }

    /**
     * Whether the worker had to be killed.
     *
     * @return false if the interrupt was enough, and the worker lives on
     */
    public boolean workerKilled() {
        return workerKilled;
    }

    /**
     * The stacks of the worker's threads at the deadline, the task's first.
     *
     * @return text for reading, at most 64 KiB; empty if the worker did not answer, because it was stopped, for example
     */
    public String threadDump() {
        return threadDump;
    }
}
