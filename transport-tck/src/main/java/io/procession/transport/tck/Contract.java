package io.procession.transport.tck;

import io.procession.testing.Guarded;
import io.procession.testing.TestDirectory;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The part all contracts share: a fixture for all tests (that is why there is one instance) and a fresh room for each. */
@Guarded
@TestInstance(Lifecycle.PER_CLASS)
abstract class Contract {
    private final TransportFixture fixture;
    Room room;

    @SuppressWarnings("NullAway.Init") // the room is built before each test
    Contract(TransportFixture fixture) {
        this.fixture = fixture;
    }

    final TransportFixture fixture() {
        return fixture;
    }

    @BeforeEach
    final void enter(TestDirectory directory) throws IOException {
        room = new Room(fixture.transport(), directory.fresh());
    }

    @AfterEach
    final void leave() throws IOException, InterruptedException {
        room.leave();
    }
}
