package io.procession.transport.shm;

import io.procession.tck.pool.PoolLazyMapContract;

class ShmPoolLazyMapTest extends PoolLazyMapContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
