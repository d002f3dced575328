package io.procession.transport.pipe;

import io.procession.tck.pool.PoolRetryContract;

class PipePoolRetryTest extends PoolRetryContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
