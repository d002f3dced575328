package io.procession.transport.shm;

import io.procession.tck.pool.PoolInitializerContract;

class ShmPoolInitializerTest extends PoolInitializerContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
