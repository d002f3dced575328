package io.procession.pool;

import io.procession.internal.codec.EncodeTarget;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What a pool can do with one worker. None of this blocks; on a worker that has ended it does nothing. Safe for all threads. */
interface WorkerPort {
    /** Its process id. */
    long pid();

    /** Who decodes what is sent to it; known once it is ready. */
    default EncodeTarget target() {
        return EncodeTarget.ANYONE;
    }

    /** Sends a task. */
    void send(PoolTask task, boolean withFunction);

    /** Sends small tasks, whose functions it has, together. */
    default void send(List<PoolTask> tasks) {
        tasks.forEach(task -> send(task, false));
    }

    /**
     * For a thread that waits for the only task the worker has: looks for the answer itself for a moment, if it is likely to come soon.
     *
     * @return whether it has come
     */
    default boolean receiveHere(BooleanSupplier arrived) {
        return false;
    }

    /** So long somebody waited for the only task the worker had. */
    default void waited(long nanos) {}

    /** Asks for up to {@code count} tasks that have not been started; those are returned. */
    void recall(int count);

    /** Takes a task away: returned if it has not been started. */
    void withdraw(long taskId);

    /** The function of a map is not needed any more. */
    void forget(long functionId);

    /**
     * Interrupts a task if it runs.
     *
     * @param withDump whether the worker shall tell its stacks first
     */
    void interrupt(long taskId, boolean withDump);

    /** Whether what {@link #interrupt} says arrives at once: a process that has just begun hears it a fraction of a second later. */
    default boolean hearsInterrupts() {
        return true;
    }

    /** Asks the worker, which holds no task, to end. */
    void retire();

    /** Ends the worker's process at once. */
    void kill();

    /** What it is doing, by its status page. */
    Progress progress();

    /** How much processor time its process has used; -1 if that cannot be told. */
    long cpuNanos();

    /** Whether its process was stopped by a signal, as far as that can be told. */
    boolean isStopped();

    /** How much memory its process holds; -1 if that cannot be told. */
    long residentBytes();

    /** How much of its heap was in use after its last garbage collection; 0 if there was none. */
    long heapBytes();
}
