package io.procession.transport.pipe;

import io.procession.tck.pool.PoolInitializerContract;

class PipePoolInitializerTest extends PoolInitializerContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
