package io.procession.transport.pipe;

import io.procession.tck.pool.PoolMapContract;

class PipePoolMapTest extends PoolMapContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
