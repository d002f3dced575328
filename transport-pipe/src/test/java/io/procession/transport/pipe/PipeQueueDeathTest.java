package io.procession.transport.pipe;

import io.procession.tck.queue.QueueDeathContract;

class PipeQueueDeathTest extends QueueDeathContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
