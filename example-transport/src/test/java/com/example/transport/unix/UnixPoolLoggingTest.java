package com.example.transport.unix;

import io.procession.tck.pool.PoolLoggingContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolLoggingTest extends PoolLoggingContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
