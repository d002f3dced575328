package io.procession.transport.queue;

import io.procession.transport.Availability;
import java.io.IOException;

/** A {@link io.procession.transport.Transport} that can offer queues without a host implements this as well. Safe for all threads. */
public interface QueueProvider {
    /**
     * Whether it can do so on this machine, in this process.
     *
     * @return usable, or the reason why not and what to do, in words for the user; never throws
     */
    Availability queueAvailability();

    /**
     * Makes the queues of this process possible. Called once in a process, before the first of them.
     *
     * @param site what the process lends
     * @return for {@link QueueSpace#close} when the process exits
     * @throws IOException if there is no place for them; the text says what was tried
     */
    QueueSpace openQueues(QueueSite site) throws IOException;
}
