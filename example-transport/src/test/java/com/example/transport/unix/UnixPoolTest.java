package com.example.transport.unix;

import io.procession.tck.pool.PoolContract;

class UnixPoolTest extends PoolContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
