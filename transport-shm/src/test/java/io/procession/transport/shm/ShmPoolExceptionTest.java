package io.procession.transport.shm;

import io.procession.tck.pool.PoolExceptionContract;

class ShmPoolExceptionTest extends PoolExceptionContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
