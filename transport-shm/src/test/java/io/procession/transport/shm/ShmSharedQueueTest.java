package io.procession.transport.shm;

import io.procession.queue.QueuePlacement;
import io.procession.tck.queue.QueueContract;

class ShmSharedQueueTest extends QueueContract {
    @Override
    protected String transport() {
        return "shm";
    }

    @Override
    protected QueuePlacement placement() {
        return QueuePlacement.SHARED;
    }
}
