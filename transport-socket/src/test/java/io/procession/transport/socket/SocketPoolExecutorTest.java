package io.procession.transport.socket;

import io.procession.tck.pool.PoolExecutorContract;

class SocketPoolExecutorTest extends PoolExecutorContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
