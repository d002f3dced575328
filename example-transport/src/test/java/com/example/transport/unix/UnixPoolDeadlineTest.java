package com.example.transport.unix;

import io.procession.tck.pool.PoolDeadlineContract;

class UnixPoolDeadlineTest extends PoolDeadlineContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
