package io.procession.internal.pool;

/** What a TASK message asks for: its first byte. */
public enum TaskOperation {
    /** The rest is an encoded {@link java.util.concurrent.Callable}; the answer is its result. */
    CALL,
    /** The rest is an encoded {@link Runnable}, mostly an {@link io.procession.task.Action}; the answer is null. */
    RUN,
    /** The rest is the id of a function announced before (8 bytes) and an encoded list; the answer is the list of results. */
    MAP,
    /** As {@link #MAP}, but an item that fails does not end the others: the answer says of each what became of it. */
    MAP_EACH;

    private static final TaskOperation[] ALL = values();

    /** Whether it names a function. */
    boolean isChunk() {
        return this == MAP || this == MAP_EACH;
    }

    /** The byte on the wire. */
    public byte code() {
        return (byte) ordinal();
    }

    static TaskOperation of(byte code) {
        if (code < 0 || code >= ALL.length) {
            throw new IllegalStateException("task with unknown operation " + code);
        }
        return ALL[code];
    }
}
