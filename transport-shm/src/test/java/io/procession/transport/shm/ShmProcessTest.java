package io.procession.transport.shm;

import io.procession.tck.process.ProcessContract;

class ShmProcessTest extends ProcessContract {
    @Override
    protected String transport() {
        return "shm";
    }
}
