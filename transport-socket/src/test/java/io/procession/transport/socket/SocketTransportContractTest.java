package io.procession.transport.socket;

import io.procession.transport.tck.TransportContract;
import io.procession.transport.tck.TransportFixture;

/** Sockets keep the contract of all transports. */
class SocketTransportContractTest extends TransportContract {
    @Override
    protected TransportFixture fixture() {
        return new SocketFixture();
    }
}
