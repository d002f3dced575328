package io.procession.pool;

/** What a pool does with a task when as many as {@linkplain PoolBuilder#maxQueued may wait} do. */
public enum WhenFull {
    /**
     * The thread that brings the task waits until there is room, first come, first served. An interrupt ends the wait with a
     * {@link java.util.concurrent.RejectedExecutionException}, the thread's interrupt status set; so does the end of the pool.
     */
    BLOCK,
    /** The task is refused with a {@link java.util.concurrent.RejectedExecutionException}. */
    REJECT,
    /**
     * The thread that brings the task runs it, in this process, before {@code submit} returns: it is slowed down to the pace of the pool. What the task does
     * to its process it then does to this one, and it gets the objects it was given rather than copies.
     */
    CALLER_RUNS
}
