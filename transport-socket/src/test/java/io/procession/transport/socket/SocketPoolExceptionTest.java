package io.procession.transport.socket;

import io.procession.tck.pool.PoolExceptionContract;

class SocketPoolExceptionTest extends PoolExceptionContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
