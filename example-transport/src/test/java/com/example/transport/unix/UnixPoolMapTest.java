package com.example.transport.unix;

import io.procession.tck.pool.PoolMapContract;

class UnixPoolMapTest extends PoolMapContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
