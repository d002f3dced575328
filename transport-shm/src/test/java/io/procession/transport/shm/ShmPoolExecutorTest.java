package io.procession.transport.shm;

import io.procession.tck.pool.PoolExecutorContract;

class ShmPoolExecutorTest extends PoolExecutorContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
