package com.example.transport.unix;

import io.procession.tck.pool.PoolLifecycleContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolLifecycleTest extends PoolLifecycleContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
