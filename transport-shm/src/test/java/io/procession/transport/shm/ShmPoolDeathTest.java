package io.procession.transport.shm;

import io.procession.tck.pool.PoolDeathContract;

class ShmPoolDeathTest extends PoolDeathContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
