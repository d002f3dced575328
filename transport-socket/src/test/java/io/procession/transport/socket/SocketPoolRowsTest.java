package io.procession.transport.socket;

import io.procession.tck.pool.PoolRowsContract;

class SocketPoolRowsTest extends PoolRowsContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
