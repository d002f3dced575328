package io.procession.pool;

import io.procession.codec.SerializationException;
import java.util.concurrent.CancellationException;

/** How a task ended, for those who count. */
enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    LOST;

    static Outcome of(PoolTask task, Answer answer) {
        if (task.unwanted) {
            return CANCELLED;
        } else if (answer instanceof Answer.Value) {
            return SUCCEEDED;
        } else if (answer instanceof Answer.Lost lost) {
            if (lost.cause() instanceof TaskTimeoutException) {
                return TIMED_OUT;
            }
            if (lost.cause() instanceof SerializationException) {
                return FAILED; // it was at no worker
            }
            return lost.cause() instanceof CancellationException ? CANCELLED : LOST;
        }
        return FAILED;
    }
}
