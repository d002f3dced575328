package com.example.transport.unix;

import io.procession.tck.pool.PoolDeadlineContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolDeadlineTest extends PoolDeadlineContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
