package io.procession.transport.shm;

import io.procession.transport.tck.TransportContract;
import io.procession.transport.tck.TransportFixture;

/** Shared memory keeps the contract of all transports. */
class ShmTransportContractTest extends TransportContract {
    @Override
    protected TransportFixture fixture() {
        return new ShmFixture();
    }
}
