package io.procession.transport.pipe;

import io.procession.tck.pool.PoolDeadlineContract;

class PipePoolDeadlineTest extends PoolDeadlineContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
