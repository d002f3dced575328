package io.procession.pool;

/**
 * What a worker tells of a task that it has run.
 *
 * @param taskId which
 * @param answer its result or its failure
 * @param workNanos how long it worked on it
 * @param spent whether the worker has met an error that leaves it unfit for more
 */
record WorkerAnswer(long taskId, Answer answer, long workNanos, boolean spent) {}
