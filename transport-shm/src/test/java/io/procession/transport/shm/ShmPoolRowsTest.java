package io.procession.transport.shm;

import io.procession.tck.pool.PoolRowsContract;

class ShmPoolRowsTest extends PoolRowsContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
