package io.procession.transport.tck;

import org.junit.jupiter.api.Nested;

/**
 * All contracts for one transport, one nested class each. Extend it in the test scope of a transport:
 *
 * <pre>{@code
 * class PipeTransportTest extends TransportContract {
 *     @Override
 *     protected TransportFixture fixture() {
 *         return PipeTransport::new;
 *     }
 * }
 * }</pre>
 *
 * <p>The transport must be found by {@link java.util.ServiceLoader} in that scope, and its children by {@code java.class.path}. Tests run one
 * after the other: what one leaves behind is told by comparing before and after.
 */
public abstract class TransportContract {
    /** For subclasses. */
    protected TransportContract() {}

    /**
     * The transport under test.
     *
     * @return how to make it; asked once for each contract
     */
    protected abstract TransportFixture fixture();

    @Nested
    final class Provider extends ProviderContract {
        Provider() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class Lifecycle extends LifecycleContract {
        Lifecycle() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class Refusals extends RefusalContract {
        Refusals() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class Messages extends MessageContract {
        Messages() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class Positions extends PositionContract {
        Positions() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class BackPressure extends BackPressureContract {
        BackPressure() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class Handlers extends HandlerContract {
        Handlers() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class Interrupts extends InterruptContract {
        Interrupts() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class Guests extends GuestContract {
        Guests() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class CraftedBytes extends CraftedBytesContract {
        CraftedBytes() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class AbandonedEnds extends AbandonedEndContract {
        AbandonedEnds() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class CrossProcess extends CrossProcessContract {
        CrossProcess() {
            super(TransportContract.this.fixture());
        }
    }

    @Nested
    final class PeerDeath extends PeerDeathContract {
        PeerDeath() {
            super(TransportContract.this.fixture());
        }
    }
}
