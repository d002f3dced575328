package io.procession.transport.shm;

import io.procession.tck.pool.PoolRetryContract;

class ShmPoolRetryTest extends PoolRetryContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
