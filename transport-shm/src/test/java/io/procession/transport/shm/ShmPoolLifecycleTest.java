package io.procession.transport.shm;

import io.procession.tck.pool.PoolLifecycleContract;

class ShmPoolLifecycleTest extends PoolLifecycleContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
