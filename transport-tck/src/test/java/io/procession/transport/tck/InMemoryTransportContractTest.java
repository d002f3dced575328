package io.procession.transport.tck;

import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.testing.InMemoryTransport;
import java.util.Set;

/** The contracts ask for nothing that only a real channel has. */
class InMemoryTransportContractTest extends TransportContract {
    @Override
    protected TransportFixture fixture() {
        return new InMemory();
    }

    private static final class InMemory implements TransportFixture {
        @Override
        public Transport transport() {
            return new InMemoryTransport();
        }

        @Override
        public Set<Hook> hooks() {
            return Set.of(Hook.ABANDON);
        }

        @Override
        public void abandon(Link link) {
            InMemoryTransport.abandon(link);
        }
    }
}
