package io.procession.transport.socket;

import io.procession.tck.pool.PoolLoggingContract;

class SocketPoolLoggingTest extends PoolLoggingContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
