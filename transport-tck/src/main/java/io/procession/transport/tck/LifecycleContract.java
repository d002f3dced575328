package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.procession.testing.Eventually;
import io.procession.testing.Footprint;
import io.procession.testing.TestDirectory;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening, closing, and what is left of both. */
abstract class LifecycleContract extends Contract {
    private static final int ROUNDS = 20;
    private static final int MANY_ROUNDS = 100;

    LifecycleContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void anAddressNamesItsTransportAndBelongsToOneListener() throws Exception {
        TransportAddress first = room.host().address();
        TransportAddress second = room.host().address();
        assertThat(List.of(first.transport(), second.transport()))
                .containsOnly(room.transport().id());
        assertThat(first).isNotEqualTo(second);
        assertThat(first.value()).matches("\\p{Graph}+"); // travels in handles, logs and command lines
    }

    @Test
    void oneSiteMayListenTwice() throws Exception {
        TransportSite site = room.site();
        try (LinkListener first = room.transport().listen(site, link -> new End(site.name(), End.Reaction.NONE));
                LinkListener second = room.transport().listen(site, link -> new End(site.name(), End.Reaction.NONE))) {
            assertThat(first.address()).isNotEqualTo(second.address());
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Host host = room.host();
        End client = room.connect(host.address());
        host.close();
        host.close();
        client.link().close();
        client.link().close();
        assertThat(client.awaitClosed()).isEmpty();
        client.link().close();
        assertThat(host.next().awaitClosed()).isEmpty();
    }

    @Test
    void connectingToAClosedListenerFails() throws Exception {
        Host host = room.host();
        host.close();
        assertThatIOException()
                .isThrownBy(() -> room.connect(host.address()))
                .withMessageContaining(host.address().value());
    }

    @Test
    void aListenerKeepsItsAddressWhenItIsClosed() throws Exception {
        Host host = room.host();
        TransportAddress address = host.address();
        host.close();
        assertThat(host.address()).isEqualTo(address);
    }

    @Test
    void linksOutliveTheirListener() throws Exception {
        Host host = room.host(End::echo);
        End client = room.connect(host.address());
        host.close();
        client.link().send(Frames.frame(1, 100));
        assertThat(client.awaitNumbers(1)).containsExactly(1L);
    }

    @Test
    void closingAListenerLeavesNoFileOfItEvenWhileLinksLive() throws Exception {
        Host host = room.host(End::echo);
        End client = room.connect(host.address());
        client.link().send(Frames.frame(1, 100));
        client.awaitFrames(1);
        host.close();
        Eventually.isEmpty("no file is left", End.PATIENCE, () -> new TestDirectory(room.directory()).files());
    }

    @Test
    void closingOnOneSideEndsTheOther() throws Exception {
        Pair first = room.pair();
        first.client().link().close();
        assertThat(first.host().awaitClosed()).isEmpty();
        Pair second = room.pair();
        second.host().link().close();
        assertThat(second.client().awaitClosed()).isEmpty();
    }

    @Test
    void bothSidesMayCloseAtOnce() throws Exception {
        Host host = room.host();
        for (int round = 0; round < ROUNDS; round++) {
            End client = room.connect(host.address());
            End accepted = host.next();
            Thread other = new Thread(accepted.link()::close);
            other.start();
            client.link().close();
            other.join();
            assertThat(client.awaitClosed()).isEmpty();
            assertThat(accepted.awaitClosed()).isEmpty();
        }
    }

    @Test
    void manyLinksLiveAtOneListener() throws Exception {
        Host host = room.host(End::echo);
        List<End> clients = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            clients.add(room.connect(host.address()));
        }
        for (int i = 0; i < ROUNDS; i++) {
            clients.get(i).link().send(Frames.frame(i, 64));
        }
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(clients.get(i).awaitNumbers(1)).containsExactly((long) i);
        }
    }

    @Test
    void roundsOfOpeningAndClosingLeaveNoThreadAndNoDescriptor() throws Exception {
        openAndClose(); // what is made once for all is made here
        Footprint before = Footprint.now();
        for (int round = 0; round < ROUNDS; round++) {
            openAndClose();
        }
        before.awaitNothingBeyond(End.PATIENCE);
    }

    private void openAndClose() throws Exception {
        Host host = room.host(End::echo);
        End client = room.connect(host.address());
        client.link().send(Frames.frame(1, 64));
        client.awaitFrames(1);
        client.link().close();
        client.awaitClosed();
        host.next().awaitClosed();
        host.close();
    }

    @Test
    void linksThatEndedWhileTheirListenerLivesLeaveNoThreadAndNoDescriptor() throws Exception {
        Host host = room.host(End::echo);
        linkUpAndEnd(host);
        Footprint before = Footprint.now();
        for (int round = 0; round < MANY_ROUNDS; round++) {
            linkUpAndEnd(host);
        }
        // A listener may keep something ready for the next client, but less than one thing for each that was here.
        Eventually.holds(
                "nothing grows with the number of links that were",
                () -> Footprint.now().beyond(before).size() < MANY_ROUNDS);
    }

    private void linkUpAndEnd(Host host) throws Exception {
        End client = room.connect(host.address());
        client.link().close();
        client.awaitClosed();
        host.next().awaitClosed();
    }

    @Test
    void aListenerWhoseDirectoryIsMissingSaysSo() {
        TransportSite nowhere = new TransportSite(room.directory().resolve("missing"), "nowhere");
        LinkListener listener;
        try {
            listener = room.transport().listen(nowhere, link -> new End("nowhere", End.Reaction.NONE));
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining(nowhere.directory().toString());
            return;
        }
        listener.close(); // a transport that needs no file may listen without a directory
    }

    @Test
    void connectingTakesAnyPositiveTime() throws Exception {
        Host host = room.host();
        room.connect(host.address(), End.Reaction.NONE, Duration.ofDays(365_000));
        host.next();
    }
}
