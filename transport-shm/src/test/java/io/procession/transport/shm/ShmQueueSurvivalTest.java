package io.procession.transport.shm;

import io.procession.tck.queue.QueueSurvivalContract;

class ShmQueueSurvivalTest extends QueueSurvivalContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
