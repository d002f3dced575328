package io.procession.pool;

import java.time.Duration;

/** Something that happened to a pool, for its {@link PoolListener}. Immutable; {@code toString} is fit for a log. */
public sealed interface PoolEvent {
    /**
     * The pool it happened to.
     *
     * @return its name
     */
    String pool();

    /**
     * A worker is ready for tasks.
     *
     * @param pool the pool's name
     * @param worker its name
     * @param pid the id of its process
     * @param after how long its start took
     */
    record WorkerReady(String pool, String worker, long pid, Duration after) implements PoolEvent {}

    /**
     * The process of a worker has ended.
     *
     * @param pool the pool's name
     * @param worker its name
     * @param pid the id its process had
     * @param reason why
     * @param how how, such as {@code was killed by SIGSEGV} or {@code exited with code 0}
     * @param tasks how many tasks it had answered
     */
    record WorkerEnded(String pool, String worker, long pid, EndReason reason, String how, int tasks)
            implements PoolEvent {}

    /**
     * A task whose worker died is tried again.
     *
     * @param pool the pool's name
     * @param taskId the task
     * @param attempts how many workers have died of it
     */
    record TaskRetried(String pool, long taskId, int attempts) implements PoolEvent {}

    /**
     * A task has come to its deadline. It is interrupted; if its worker must be killed, that will be an event of its own.
     *
     * @param pool the pool's name
     * @param taskId the task
     * @param worker the worker that runs it
     * @param timeout how long it may run
     */
    record TaskTimedOut(String pool, long taskId, String worker, Duration timeout) implements PoolEvent {}

    /**
     * The pool is meant to have another number of workers.
     *
     * @param pool the pool's name
     * @param workers how many from now on
     */
    record Resized(String pool, int workers) implements PoolEvent {}

    /**
     * The pool has given up.
     *
     * @param pool the pool's name
     * @param cause why, as its tasks are told
     */
    record Broken(String pool, String cause) implements PoolEvent {}
}
