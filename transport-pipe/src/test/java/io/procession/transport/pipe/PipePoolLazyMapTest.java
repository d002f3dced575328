package io.procession.transport.pipe;

import io.procession.tck.pool.PoolLazyMapContract;

class PipePoolLazyMapTest extends PoolLazyMapContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
