package io.procession.transport.socket;

import io.procession.tck.queue.QueueContract;

class SocketQueueTest extends QueueContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
