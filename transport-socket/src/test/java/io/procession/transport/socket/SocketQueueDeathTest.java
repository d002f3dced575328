package io.procession.transport.socket;

import io.procession.tck.queue.QueueDeathContract;

class SocketQueueDeathTest extends QueueDeathContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
