package io.procession.transport.socket;

import io.procession.tck.queue.QueueSurvivalContract;

class SocketQueueSurvivalTest extends QueueSurvivalContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
