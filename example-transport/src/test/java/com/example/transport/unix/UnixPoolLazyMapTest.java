package com.example.transport.unix;

import io.procession.tck.pool.PoolLazyMapContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolLazyMapTest extends PoolLazyMapContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
