package com.example.transport.unix;

import io.procession.tck.queue.QueueRowsContract;

class UnixQueueRowsTest extends QueueRowsContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
