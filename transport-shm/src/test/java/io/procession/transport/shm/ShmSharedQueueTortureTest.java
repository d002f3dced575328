package io.procession.transport.shm;

import io.procession.queue.QueuePlacement;
import io.procession.tck.queue.QueueTortureContract;

class ShmSharedQueueTortureTest extends QueueTortureContract {
    @Override
    protected String transport() {
        return "shm";
    }

    @Override
    protected QueuePlacement placement() {
        return QueuePlacement.SHARED;
    }

    /** The minute is for the hosted queue; with both of them the build would last too long. */
    @Override
    protected double share() {
        return 0.6;
    }
}
