package io.procession.transport.socket;

import io.procession.tck.pool.PoolLazyMapContract;

class SocketPoolLazyMapTest extends PoolLazyMapContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
