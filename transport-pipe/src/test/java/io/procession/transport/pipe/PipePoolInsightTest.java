package io.procession.transport.pipe;

import io.procession.tck.pool.PoolInsightContract;

class PipePoolInsightTest extends PoolInsightContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
