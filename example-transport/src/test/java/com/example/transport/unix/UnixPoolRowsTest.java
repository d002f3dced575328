package com.example.transport.unix;

import io.procession.tck.pool.PoolRowsContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolRowsTest extends PoolRowsContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
