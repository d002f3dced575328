package io.procession.transport.pipe;

import io.procession.tck.pool.PoolLifecycleContract;

class PipePoolLifecycleTest extends PoolLifecycleContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
