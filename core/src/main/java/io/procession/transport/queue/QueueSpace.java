package io.procession.transport.queue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** The queues of one process, its own and those of others. Safe for all threads. */
public interface QueueSpace extends AutoCloseable {
    /**
     * Makes a queue that this process owns.
     *
     * @param name unique within the family: the name of this process's site, and up to 16 letters, digits and hyphens
     * @param bound how much it holds
     * @return the queue
     * @throws IOException if there is no room for it; nothing is left
     */
    SharedQueue create(String name, QueueBound bound) throws IOException;

    /**
     * Uses the queue of another process. Does not need that process to do anything.
     *
     * @param name of the queue
     * @return the queue
     * @throws NoSuchFileException if there is no such queue (any more)
     * @throws IOException if it cannot be used; the text says why and what to do
     */
    SharedQueue attach(String name) throws IOException;

    /** The process exits: no thread of the queues is left blocked in the system, since that would hold up the exit. Idempotent. Whoever waits goes on waiting. */
    @Override
    void close();
}
