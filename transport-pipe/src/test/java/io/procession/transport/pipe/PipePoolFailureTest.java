package io.procession.transport.pipe;

import io.procession.tck.pool.PoolFailureContract;

class PipePoolFailureTest extends PoolFailureContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
