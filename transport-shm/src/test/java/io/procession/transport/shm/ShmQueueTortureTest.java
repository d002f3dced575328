package io.procession.transport.shm;

import io.procession.tck.queue.QueueTortureContract;

class ShmQueueTortureTest extends QueueTortureContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
