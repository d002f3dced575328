package com.example.transport.unix;

import io.procession.tck.pool.PoolRetryContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolRetryTest extends PoolRetryContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
