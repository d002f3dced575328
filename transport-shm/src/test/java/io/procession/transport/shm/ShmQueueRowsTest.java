package io.procession.transport.shm;

import io.procession.tck.queue.QueueRowsContract;

class ShmQueueRowsTest extends QueueRowsContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
