package io.procession.transport.shm;

import io.procession.queue.QueuePlacement;
import io.procession.tck.queue.QueueDeathContract;

class ShmSharedQueueDeathTest extends QueueDeathContract {
    @Override
    protected String transport() {
        return "shm";
    }

    @Override
    protected QueuePlacement placement() {
        return QueuePlacement.SHARED;
    }
}
