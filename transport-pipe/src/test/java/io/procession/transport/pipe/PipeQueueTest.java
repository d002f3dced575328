package io.procession.transport.pipe;

import io.procession.tck.queue.QueueContract;

class PipeQueueTest extends QueueContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
