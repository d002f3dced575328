package io.procession.transport.socket;

import io.procession.tck.pool.PoolRecyclingContract;

class SocketPoolRecyclingTest extends PoolRecyclingContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
