package io.procession.transport.socket;

import io.procession.tck.queue.QueueTortureContract;

class SocketQueueTortureTest extends QueueTortureContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
