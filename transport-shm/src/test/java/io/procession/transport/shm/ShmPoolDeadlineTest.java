package io.procession.transport.shm;

import io.procession.tck.pool.PoolDeadlineContract;

class ShmPoolDeadlineTest extends PoolDeadlineContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
