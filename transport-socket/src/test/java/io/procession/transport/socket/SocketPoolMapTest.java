package io.procession.transport.socket;

import io.procession.tck.pool.PoolMapContract;

class SocketPoolMapTest extends PoolMapContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
