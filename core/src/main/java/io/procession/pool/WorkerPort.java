package io.procession.pool;

import java.util.function.BooleanSupplier;

/** What a pool can do with one worker. None of this blocks; on a worker that has ended it does nothing. Safe for all threads. */
interface WorkerPort {
    /** Sends a task. */
    void send(PoolTask task, boolean withFunction);

    /** Asks for up to {@code count} tasks that have not been started; those are returned. */
    void recall(int count);

    /** The function of a map is not needed any more. */
    void forget(long functionId);

    /** Asks the worker to end when it has finished what it holds. */
    void retire();

    /**
     * Takes a task away: returned if it has not been started.
     *
     * @param interrupt whether it is interrupted if it runs, and its worker killed if that does not end it in time
     * @param stillHeld asked before the worker is killed
     */
    void cancel(long taskId, boolean interrupt, BooleanSupplier stillHeld);

    /** Ends the worker's process at once. */
    void kill();
}
