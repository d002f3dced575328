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
}
