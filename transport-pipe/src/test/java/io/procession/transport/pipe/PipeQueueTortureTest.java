package io.procession.transport.pipe;

import io.procession.tck.queue.QueueTortureContract;

class PipeQueueTortureTest extends QueueTortureContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
