package io.procession.transport.pipe;

import io.procession.tck.queue.QueueRowsContract;

class PipeQueueRowsTest extends QueueRowsContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
