package io.procession.transport.shm;

import io.procession.tck.pool.PoolContract;

class ShmPoolTest extends PoolContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
