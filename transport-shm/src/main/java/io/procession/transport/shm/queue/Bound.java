package io.procession.transport.shm.queue;

/**
 * How much may wait in a queue.
 *
 * @param items at least 1; {@link Long#MAX_VALUE} for any number
 * @param bytes of all items together; {@link Long#MAX_VALUE} for any number
 */
record Bound(long items, long bytes) {
    static final Bound NONE = new Bound(Long.MAX_VALUE, Long.MAX_VALUE);

    boolean isNone() {
        return items == Long.MAX_VALUE && bytes == Long.MAX_VALUE;
    }

    /** Whether there may be room for one item and none for another. */
    boolean isInBytes() {
        return bytes != Long.MAX_VALUE;
    }

    boolean admits(long waitingItems, long waitingBytes) {
        return waitingItems <= items && waitingBytes <= bytes;
    }
}
