package io.procession.transport.socket;

import io.procession.tck.queue.QueueRowsContract;

class SocketQueueRowsTest extends QueueRowsContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
