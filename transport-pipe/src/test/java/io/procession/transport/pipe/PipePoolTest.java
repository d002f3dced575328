package io.procession.transport.pipe;

import io.procession.tck.pool.PoolContract;

class PipePoolTest extends PoolContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
