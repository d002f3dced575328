package io.procession.transport.shm;

import io.procession.tck.pool.PoolBoundContract;

class ShmPoolBoundTest extends PoolBoundContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
