package io.procession.transport.socket;

import io.procession.tck.pool.PoolBoundContract;

class SocketPoolBoundTest extends PoolBoundContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
