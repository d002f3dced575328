package io.procession.transport.socket;

import io.procession.tck.pool.PoolInsightContract;

class SocketPoolInsightTest extends PoolInsightContract {
    @Override
    protected String transport() {
        return "socket";
    }
}
