package com.example.transport.unix;

import io.procession.tck.queue.QueueContract;

class UnixQueueTest extends QueueContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
