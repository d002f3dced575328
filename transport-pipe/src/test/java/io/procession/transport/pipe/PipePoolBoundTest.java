package io.procession.transport.pipe;

import io.procession.tck.pool.PoolBoundContract;

class PipePoolBoundTest extends PoolBoundContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
