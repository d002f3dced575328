package io.procession.transport.queue;

/**
 * How much a queue holds.
 *
 * @param items at least 1; {@link Long#MAX_VALUE} for any number
 * @param bytes of all items together, at least 1; {@link Long#MAX_VALUE} for any number
 */
public record QueueBound(long items, long bytes) {
    /** Checks the bounds. */
    public QueueBound {
        if (items < 1 || bytes < 1) {
            throw new IllegalArgumentException("a queue holds at least 1 item and 1 byte: " + items + ", " + bytes);
        }
    }
}
