package com.example.transport.unix;

import io.procession.tck.pool.PoolExecutorContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolExecutorTest extends PoolExecutorContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
