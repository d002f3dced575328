package io.procession.transport.socket;

import io.procession.transport.tck.TransportContract;
import io.procession.transport.tck.TransportFixture;

/** Sockets keep the contract of all transports; here each link has a thread of its own on both sides. */
class SocketTransportContractTest extends TransportContract {
    @Override
    protected TransportFixture fixture() {
        return new SocketFixture(Limits.USUAL);
    }
}
