package io.procession.pool;

import io.procession.internal.pool.TimeText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a task may cost.
 *
 * @param timeoutNanos how long it, or an item of a chunk, may run; 0 for as long as it likes
 * @param retries how often it is run again after its worker died
 */
record TaskLimits(long timeoutNanos, int retries) {
    static final TaskLimits NONE = new TaskLimits(0, 0);

    boolean hasTimeout() {
        return timeoutNanos > 0;
    }

    Duration timeout() {
        return Duration.ofNanos(timeoutNanos);
    }

    TaskLimits withTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "a task needs a time limit greater than zero, not " + TimeText.of(timeout));
        }
        return new TaskLimits(TimeUnit.NANOSECONDS.convert(timeout), retries);
    }

    TaskLimits withRetries(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a task cannot be retried " + count + " times; 0 is never");
        }
        return new TaskLimits(timeoutNanos, count);
    }
}
