package io.procession.transport.socket;

import io.procession.tck.pool.PoolLifecycleContract;

class SocketPoolLifecycleTest extends PoolLifecycleContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
