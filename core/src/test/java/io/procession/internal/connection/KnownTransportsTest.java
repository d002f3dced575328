package io.procession.internal.connection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import io.procession.transport.testing.InMemoryTransport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Guarded
class KnownTransportsTest {
    /** Cannot be made by who knows only its name. */
    static final class Hidden {
        private Hidden() {}
    }

    @Test
    void aChildMakesTheTransportsItIsToldOf() {
        Transports found = Transports.of(new InMemoryTransport());
        KnownTransports told = requireNonNull(found.known(found.usable()));
        assertThat(told.usable()).containsExactly(InMemoryTransport.ID);
        Transports child = requireNonNull(Transports.known(null, told));
        assertThat(child.select(InMemoryTransport.ID)).isInstanceOf(InMemoryTransport.class);
    }

    @Test
    void whatIsNotThereOrNoTransportHasItLookForItself() {
        for (String other : List.of("no.such.Class", String.class.getName(), Hidden.class.getName())) {
            KnownTransports told =
                    new KnownTransports(List.of(InMemoryTransport.class.getName(), other), List.of("memory"), "");
            assertThat(Transports.known(null, told)).isNull();
        }
    }

    @Test
    void whoCannotUseOneOfThemHasItLookForItself() {
        assertThat(Transports.of(new InMemoryTransport()).known(Set.of())).isNull();
    }

    @Test
    void whoHasNoneTellsNothing() {
        assertThat(Transports.of().known(Set.of())).isNull();
    }

    @Test
    void selectorsAreToldOnlyIfTheyAreTheOnesOfTheJdk() {
        assertThat(KnownTransports.selectorsInUse()).startsWith("sun.nio.ch.");
    }
}
