package io.procession.pool;

/** Why a worker of a pool ended. */
public enum EndReason {
    /** It died: a crash, an exit, a signal from outside. */
    DIED,
    /** It ended before it was ready, or was killed because it did not get on with its start. */
    DID_NOT_START,
    /** It had run as many tasks as a worker may. */
    TASKS,
    /** It had lived as long as a worker may. */
    AGE,
    /** It held more memory than a worker may between tasks. */
    MEMORY,
    /** More of its heap was in use after a garbage collection than may be. */
    HEAP,
    /** A task of it met an {@link OutOfMemoryError}. */
    OUT_OF_MEMORY,
    /** It was killed because it held more memory than a worker may ever. */
    MEMORY_LIMIT,
    /** It was killed because a task did not end at its deadline. */
    TIMED_OUT,
    /** It was killed because a cancelled task did not end. */
    CANCELLED,
    /** It was killed because it did not start a task it had. */
    STUCK,
    /** The pool was made smaller. */
    SHRUNK,
    /** The pool was closed. */
    CLOSED;

    /** Whether the worker was replaced before anything was wrong with it, or because of its memory. */
    boolean isRecycling() {
        return switch (this) {
            case TASKS, AGE, MEMORY, HEAP, OUT_OF_MEMORY -> true;
            default -> false;
        };
    }
}
