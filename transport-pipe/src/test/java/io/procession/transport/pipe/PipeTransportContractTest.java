package io.procession.transport.pipe;

import io.procession.transport.tck.TransportContract;
import io.procession.transport.tck.TransportFixture;

/** FIFOs keep the contract of all transports. */
class PipeTransportContractTest extends TransportContract {
    @Override
    protected TransportFixture fixture() {
        return new PipeFixture();
    }
}
