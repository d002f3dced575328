package io.procession.transport.shm;

import io.procession.tck.pool.PoolMapContract;

class ShmPoolMapTest extends PoolMapContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
