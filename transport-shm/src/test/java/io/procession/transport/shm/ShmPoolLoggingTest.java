package io.procession.transport.shm;

import io.procession.tck.pool.PoolLoggingContract;

class ShmPoolLoggingTest extends PoolLoggingContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
