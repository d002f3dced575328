package io.procession.transport.pipe;

import io.procession.tck.pool.PoolLoggingContract;

class PipePoolLoggingTest extends PoolLoggingContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
