package io.procession.transport.pipe;

import io.procession.tck.process.ProcessContract;

class PipeProcessTest extends ProcessContract {
    @Override
    protected String transport() {
        return "pipe";
    }
}
