package com.example.transport.unix;

import io.procession.tck.pool.PoolDeathContract;

class UnixPoolDeathTest extends PoolDeathContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
