package com.example.transport.unix;

import io.procession.tck.pool.PoolFailureContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolFailureTest extends PoolFailureContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
