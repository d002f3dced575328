package io.procession.pool;

import java.util.concurrent.RejectedExecutionException;

/**
 * The pool has given up: its workers cannot be started, or more of them died than its {@linkplain PoolBuilder#crashBudget budget} allows. All tasks it
 * had fail with this, each with an object of its own, and it takes no more. The cause says what happened last.
 */
public final class BrokenPoolException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    BrokenPoolException(String poolName, Throwable cause) {
        super("pool " + poolName + " is broken: " + cause.getMessage(), cause);
    }
}
