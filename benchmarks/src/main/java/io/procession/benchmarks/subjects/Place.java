package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.queue.Queue;
import io.procession.queue.QueuePlacement;

/**
 * Where the queues of a run lie.
 *
 * @param transport the id of the transport that they use
 * @param placement with their owner, or in memory that all processes share
 */
public record Place(String transport, QueuePlacement placement) {
    private static final String SHARED = "/shared";

    /** As an argument of a program. */
    public static String shared(String transport) {
        return transport + SHARED;
    }

    /**
     * From the argument of a program: the id of a transport for hosted queues, {@link #shared} for others. If queues of that transport cannot be shared here this JVM says so and ends, since that is no failure.
     */
    static Place of(String argument) {
        if (!argument.endsWith(SHARED)) {
            return new Place(argument, QueuePlacement.HOSTED);
        }
        Place place = new Place(argument.substring(0, argument.length() - SHARED.length()), QueuePlacement.SHARED);
        try {
            place.builder().create().close();
        } catch (IllegalStateException notOffered) {
            Samples.printAbsent(System.out, String.valueOf(notOffered.getMessage()));
            System.exit(0);
        }
        return place;
    }

    <T> Queue.Builder<T> builder() {
        return Queue.<T>builder().transport(transport).placement(placement);
    }

    <T> Queue<T> queue() {
        return this.<T>builder().create();
    }
}
