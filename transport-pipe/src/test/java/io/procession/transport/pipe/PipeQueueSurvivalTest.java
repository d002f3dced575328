package io.procession.transport.pipe;

import io.procession.tck.queue.QueueSurvivalContract;

class PipeQueueSurvivalTest extends QueueSurvivalContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
