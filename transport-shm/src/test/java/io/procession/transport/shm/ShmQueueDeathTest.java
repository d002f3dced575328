package io.procession.transport.shm;

import io.procession.tck.queue.QueueDeathContract;

class ShmQueueDeathTest extends QueueDeathContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
