package io.procession.transport.pipe;

import io.procession.tck.pool.PoolChaosContract;

class PipePoolChaosTest extends PoolChaosContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
