package com.example.transport.unix;

import io.procession.tck.process.ProcessContract;

class UnixProcessTest extends ProcessContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
