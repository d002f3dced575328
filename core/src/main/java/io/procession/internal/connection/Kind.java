package io.procession.internal.connection;

import org.jspecify.annotations.Nullable;

/** What a message is. The code travels in the header of each frame; codes are never used again for something else within a wire version. */
public enum Kind {
    /** First frame of who connects: version and identity. */
    HELLO(1),
    /** The answer to {@link #HELLO} of who accepts. */
    WELCOME(2),
    /** The answer to {@link #HELLO} of who does not accept: the reason as text. */
    REFUSED(3),
    /** Last frame of a process that closes the connection of its own will. */
    GOODBYE(4),
    /** Definition of a lambda's shape; the id is the shape's. */
    SHAPE(5),

    /** A worker of a pool is ready for tasks. */
    WORKER_READY(16),
    /** A task; the id is the task's. */
    TASK(17),
    /** The result of a task. */
    RESULT(18),
    /** The failure of a task. */
    FAILURE(19),
    /** The function of a map, for the tasks that name it; the id is the function's. */
    FUNCTION(20),
    /** A function is not needed any more; the id is the function's. */
    FORGET(21),
    /** Asks a worker for tasks it has not started; the id is how many at most. */
    RECALL(22),
    /** Takes one task away if it has not been started; the id is the task's. */
    WITHDRAW(23),
    /** The answer to {@link #RECALL} and {@link #WITHDRAW}: the ids of the tasks. */
    RETURNED(24),
    /** A worker shall end when it has finished the tasks it has. */
    RETIRE(25),
    /** What a worker's threads did when a task came to its deadline; the id is the task's. */
    DUMP(26),
    /** A worker ends because its initializer failed; the id is the worker's number. */
    UNFIT(27),
    /** Several small tasks at once; the id is 0. */
    TASKS(28),
    /** The results of several short tasks at once; the id is 0. */
    RESULTS(29),

    /** A request to a hosted object that will be answered; the id is the call's. */
    CALL(32),
    /** The answer to {@link #CALL}. */
    REPLY(33),
    /** The other answer to {@link #CALL}: there is no such object (any more). */
    NO_OBJECT(34),
    /** A message to a hosted object that is not answered. */
    CAST(35),
    /** A hosted object has ended; the id is the object's. */
    ENDED(36),
    /** A hosted object tells one of its users something; the id is the object's. */
    TOLD(37);

    private static final @Nullable Kind[] BY_CODE = new Kind[256];

    static {
        for (Kind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final byte code;

    Kind(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static @Nullable Kind of(byte code) {
        return BY_CODE[code & 0xff];
    }

    /** Whether the connection itself answers, rather than a handler from above. */
    boolean isOfConnection() {
        return code < WORKER_READY.code;
    }
}
