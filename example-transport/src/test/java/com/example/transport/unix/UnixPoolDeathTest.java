package com.example.transport.unix;

import io.procession.tck.pool.PoolDeathContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolDeathTest extends PoolDeathContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
