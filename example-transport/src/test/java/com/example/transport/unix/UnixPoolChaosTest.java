package com.example.transport.unix;

import io.procession.tck.pool.PoolChaosContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolChaosTest extends PoolChaosContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
