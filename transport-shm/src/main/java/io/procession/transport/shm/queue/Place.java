package io.procession.transport.shm.queue;

import java.io.IOException;
import java.nio.file.Path;

/** Where the memory of queues lies. Safe for all threads. */
public interface Place {
    /**
     * The directory, which only the user can enter. May vanish while nothing is in it.
     *
     * @return there at this moment, made if need be
     */
    Path ready() throws IOException;

    /** There is no room: has what has ended give its memory back, if it has not yet. May take some tens of milliseconds. */
    void reclaim();

    /** Something of ours has been removed from it; perhaps it is empty now. */
    void removeIfEmpty();
}
