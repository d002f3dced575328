package io.procession.transport.shm;

import io.procession.tck.pool.PoolChaosContract;

class ShmPoolChaosTest extends PoolChaosContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
