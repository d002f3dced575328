package io.procession.transport.pipe;

import io.procession.tck.pool.PoolRowsContract;

class PipePoolRowsTest extends PoolRowsContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
