package io.procession.transport.shm;

import io.procession.tck.pool.PoolFailureContract;

class ShmPoolFailureTest extends PoolFailureContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
