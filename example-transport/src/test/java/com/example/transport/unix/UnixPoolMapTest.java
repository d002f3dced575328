package com.example.transport.unix;

import io.procession.tck.pool.PoolMapContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolMapTest extends PoolMapContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
