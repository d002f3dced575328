package io.procession.transport.socket;

import io.procession.tck.pool.PoolFailureContract;

class SocketPoolFailureTest extends PoolFailureContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
