package io.procession.transport.socket;

import io.procession.tck.pool.PoolChaosContract;

class SocketPoolChaosTest extends PoolChaosContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
