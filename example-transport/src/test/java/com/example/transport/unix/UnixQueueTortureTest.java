package com.example.transport.unix;

import io.procession.tck.queue.QueueTortureContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixQueueTortureTest extends QueueTortureContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
