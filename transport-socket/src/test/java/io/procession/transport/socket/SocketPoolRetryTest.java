package io.procession.transport.socket;

import io.procession.tck.pool.PoolRetryContract;

class SocketPoolRetryTest extends PoolRetryContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
