package io.procession.benchmarks.subjects;

import io.procession.queue.Queue;
import io.procession.queue.QueuePlacement;

/**
 * Where the queues of a run lie.
 *
 * @param transport the id of the transport that they use
 * @param hosted with their owner, whatever the transport offers; else where they lie by themselves
 */
public record Place(String transport, boolean hosted) {
    private static final String HOSTED = "/hosted";

    /** As an argument of a program: with their owner. */
    public static String hosted(String transport) {
        return transport + HOSTED;
    }

    /** From the argument of a program: the id of a transport, or {@link #hosted}. */
    static Place of(String argument) {
        return argument.endsWith(HOSTED)
                ? new Place(argument.substring(0, argument.length() - HOSTED.length()), true)
                : new Place(argument, false);
    }

    <T> Queue.Builder<T> builder() {
        Queue.Builder<T> builder = Queue.<T>builder().transport(transport);
        return hosted ? builder.placement(QueuePlacement.HOSTED) : builder;
    }

    <T> Queue<T> queue() {
        return this.<T>builder().create();
    }
}
