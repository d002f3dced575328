package io.procession.transport.socket;

import io.procession.tck.pool.PoolInitializerContract;

class SocketPoolInitializerTest extends PoolInitializerContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
