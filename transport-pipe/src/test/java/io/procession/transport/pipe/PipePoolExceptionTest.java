package io.procession.transport.pipe;

import io.procession.tck.pool.PoolExceptionContract;

class PipePoolExceptionTest extends PoolExceptionContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
