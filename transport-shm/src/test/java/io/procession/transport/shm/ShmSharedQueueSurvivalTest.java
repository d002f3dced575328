package io.procession.transport.shm;

import io.procession.queue.QueuePlacement;
import io.procession.tck.queue.QueueSurvivalContract;

class ShmSharedQueueSurvivalTest extends QueueSurvivalContract {
    @Override
    protected String transport() {
        return "shm";
    }

    @Override
    protected QueuePlacement placement() {
        return QueuePlacement.SHARED;
    }
}
