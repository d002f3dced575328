package io.procession.transport.pipe;

import io.procession.tck.pool.PoolExecutorContract;

class PipePoolExecutorTest extends PoolExecutorContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
