package com.example.transport.unix;

import io.procession.tck.pool.PoolRecyclingContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolRecyclingTest extends PoolRecyclingContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
