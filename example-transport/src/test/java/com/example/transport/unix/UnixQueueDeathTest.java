package com.example.transport.unix;

import io.procession.tck.queue.QueueDeathContract;

// region suite
class UnixQueueDeathTest extends QueueDeathContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
// endregion
