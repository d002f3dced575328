package com.example.transport.unix;

import io.procession.tck.pool.PoolInitializerContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolInitializerTest extends PoolInitializerContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
