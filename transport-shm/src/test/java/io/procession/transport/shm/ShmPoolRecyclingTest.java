package io.procession.transport.shm;

import io.procession.tck.pool.PoolRecyclingContract;

class ShmPoolRecyclingTest extends PoolRecyclingContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
