package io.procession.transport.pipe;

import io.procession.tck.pool.PoolDeathContract;

class PipePoolDeathTest extends PoolDeathContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
