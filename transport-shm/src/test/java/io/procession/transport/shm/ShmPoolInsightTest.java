package io.procession.transport.shm;

import io.procession.tck.pool.PoolInsightContract;

class ShmPoolInsightTest extends PoolInsightContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
