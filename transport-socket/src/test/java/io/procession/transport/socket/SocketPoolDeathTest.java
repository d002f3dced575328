package io.procession.transport.socket;

import io.procession.tck.pool.PoolDeathContract;

class SocketPoolDeathTest extends PoolDeathContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
