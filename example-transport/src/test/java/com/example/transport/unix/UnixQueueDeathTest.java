package com.example.transport.unix;

import io.procession.tck.queue.QueueDeathContract;

class UnixQueueDeathTest extends QueueDeathContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
