package io.procession.transport.socket;

import io.procession.transport.tck.TransportContract;
import io.procession.transport.tck.TransportFixture;
import java.time.Duration;

/** Sockets keep the contract of all transports; here those who listen serve all links by a few threads, as they do when there are many. */
class SharedThreadsContractTest extends TransportContract {
    @Override
    protected TransportFixture fixture() {
        return new SocketFixture(new Limits(128, Duration.ofSeconds(10), 0));
    }
}
