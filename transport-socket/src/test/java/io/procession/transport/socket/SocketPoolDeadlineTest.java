package io.procession.transport.socket;

import io.procession.tck.pool.PoolDeadlineContract;

class SocketPoolDeadlineTest extends PoolDeadlineContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
