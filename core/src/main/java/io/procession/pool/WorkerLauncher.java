package io.procession.pool;

/** Where workers come from. */
interface WorkerLauncher {
    /**
     * Starts a worker.
     *
     * @param workers how many the pool is meant to have, with whom it shares the machine
     * @return the worker, starting; nothing is told about it before {@link #introduce}
     */
    Worker launch(String name, int workers);

    /** From now on the scheduler is told what the worker does and how it ends, also what it did before. */
    void introduce(Worker worker, Scheduler scheduler);

    /** The pool has unfinished tasks: the program must not end before them. */
    void busy();

    /** The pool has no unfinished tasks any more. */
    void idle();

    /** The pool has ended, and all its workers have. Idempotent. */
    void close();
}
