package io.procession.transport.shm;

import io.procession.tck.queue.QueueContract;

class ShmQueueTest extends QueueContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
