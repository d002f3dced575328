package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Footprint;
import io.procession.transport.Capability;
import io.procession.transport.Transport;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A transport is found, made at no cost, and answers the same each time it is asked. */
abstract class ProviderContract extends Contract {
    ProviderContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void theIdIsOneShortLowerCaseWord() {
        assertThat(room.transport().id())
                .matches("[a-z][a-z0-9]{0,15}")
                .isEqualTo(fixture().transport().id());
    }

    @Test
    void theServiceLoaderFindsItOnceUnderItsId() {
        Class<?> type = room.transport().getClass();
        assertThat(ServiceLoader.load(Transport.class).stream().map(ServiceLoader.Provider::get))
                .filteredOn(transport -> transport.id().equals(room.transport().id()))
                .singleElement()
                .isInstanceOf(type);
    }

    @Test
    void itIsUsableWhereItIsTested() {
        assertThat(room.transport().availability().reason()).isEmpty();
        assertThat(room.transport().availability().usable()).isTrue();
    }

    @Test
    void itsCapabilitiesAreStableAndFitTogether() {
        Set<Capability> capabilities = room.transport().capabilities();
        assertThat(capabilities).isEqualTo(fixture().transport().capabilities());
        if (capabilities.contains(Capability.DELIVERS_AFTER_DEATH)) {
            assertThat(capabilities).contains(Capability.PEER_DEATH);
        }
        if (capabilities.contains(Capability.PEER_DEATH)) {
            assertThat(capabilities).contains(Capability.CROSS_PROCESS);
        }
    }

    @Test
    void toBeCreatedAndAskedTakesNothing() {
        Footprint before = Footprint.now();
        for (int i = 0; i < 100; i++) {
            Transport transport = fixture().transport();
            transport.id();
            transport.capabilities();
        }
        assertThat(Footprint.now().beyond(before)).isEmpty();
    }
}
