package io.procession.transport.shm;

import io.procession.queue.QueuePlacement;
import io.procession.tck.queue.QueueRowsContract;

class ShmSharedQueueRowsTest extends QueueRowsContract {
    @Override
    protected String transport() {
        return "shm";
    }

    @Override
    protected QueuePlacement placement() {
        return QueuePlacement.SHARED;
    }
}
