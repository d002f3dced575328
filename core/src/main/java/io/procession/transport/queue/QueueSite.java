package io.procession.transport.queue;

import static java.util.Objects.requireNonNull;

import io.procession.transport.TransportSite;

/**
 * What a process lends to its queues.
 *
 * @param site the private directory of the family, and the name of this process in it
 * @param incarnation which process this is: positive, unique within the family
 * @param kin the other processes of the family
 */
public record QueueSite(TransportSite site, long incarnation, Kin kin) {
    /** Checks for null. */
    public QueueSite {
        requireNonNull(site, "site");
        requireNonNull(kin, "kin");
    }

    /** What is known of the processes of a family. Safe for all threads. */
    public interface Kin {
        /**
         * Whether a process lives. One that was declared dead does nothing any more: it cannot write to what it had mapped.
         *
         * @param incarnation which
         * @return false if it has ended
         */
        boolean isAlive(long incarnation);

        /**
         * The {@linkplain TransportSite#name() name} of a process.
         *
         * @param incarnation which
         * @return as its own site has it
         */
        String siteName(long incarnation);
    }
}
