package io.procession.transport.pipe;

import io.procession.tck.pool.PoolRecyclingContract;

class PipePoolRecyclingTest extends PoolRecyclingContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
