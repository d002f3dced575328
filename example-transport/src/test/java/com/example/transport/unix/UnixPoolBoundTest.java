package com.example.transport.unix;

import io.procession.tck.pool.PoolBoundContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolBoundTest extends PoolBoundContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
