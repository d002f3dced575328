package io.procession.transport.socket;

import io.procession.tck.pool.PoolContract;

class SocketPoolTest extends PoolContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
