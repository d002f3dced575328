package com.example.transport.unix;

import io.procession.tck.pool.PoolExceptionContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolExceptionTest extends PoolExceptionContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
