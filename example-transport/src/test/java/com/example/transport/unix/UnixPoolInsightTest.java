package com.example.transport.unix;

import io.procession.tck.pool.PoolInsightContract;
import org.junit.jupiter.api.Tag;

@Tag("long")
class UnixPoolInsightTest extends PoolInsightContract {
    @Override
    protected String transport() {
        return "unix";
    }
}
