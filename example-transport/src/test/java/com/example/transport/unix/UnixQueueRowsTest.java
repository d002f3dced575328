package com.example.transport.unix;

import io.procession.tck.queue.QueueRowsContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixQueueRowsTest extends QueueRowsContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
