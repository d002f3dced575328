package com.example.transport.unix;

import io.procession.tck.queue.QueueSurvivalContract;

class UnixQueueSurvivalTest extends QueueSurvivalContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
