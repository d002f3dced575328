package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.Link;
import java.util.List;
import java.util.stream.LongStream;

/** Second level of crash: one end inside this JVM stops as if its process had died, at a moment the test knows exactly. */
abstract class AbandonedEndContract extends Contract {
    private static final int FLOODS = 3;
    private static final int FLOOD_FRAMES = 3_000;

    AbandonedEndContract(TransportFixture fixture) {
        super(fixture);
    }

    @WhenTransportCan(hooks = Hook.ABANDON)
    void whatAnAbandonedClientHadWrittenArrivesBeforeTheEnd() throws Exception {
        Pair pair = room.pair();
        abandonAfterWriting(pair.client());
        assertThat(pair.host().awaitClosed()).isEmpty();
        assertThat(pair.host().received()).hasSize(50);
    }

    @WhenTransportCan(hooks = Hook.ABANDON)
    void whatAnAbandonedHostHadWrittenArrivesBeforeTheEnd() throws Exception {
        Pair pair = room.pair();
        abandonAfterWriting(pair.host());
        assertThat(pair.client().awaitClosed()).isEmpty();
        assertThat(pair.client().received()).hasSize(50);
    }

    @WhenTransportCan(hooks = Hook.ABANDON)
    void allThatCountedAsWrittenInAFloodArrivesThoughItsSenderIsAbandonedAtOnce() throws Exception {
        for (int round = 0; round < FLOODS; round++) {
            Pair pair = room.pair();
            Link link = pair.client().link();
            for (long number = 0; number < FLOOD_FRAMES; number++) {
                link.send(Frames.frame(number, (int) (number % 700 == 699 ? 20_000 : 12 + number * 37 % 300)));
            }
            int written = (int) link.written();
            abandon(pair.client());
            pair.host().awaitClosed();
            List<Long> numbers =
                    pair.host().received().stream().map(End.Received::number).toList();
            assertThat(numbers).hasSizeGreaterThanOrEqualTo(written);
            assertThat(numbers)
                    .isEqualTo(LongStream.range(0, numbers.size()).boxed().toList());
        }
    }

    private void abandonAfterWriting(End end) throws Exception {
        for (int number = 0; number < 50; number++) {
            end.link().send(Frames.frame(number, 1_000));
        }
        end.awaitWritten(50);
        abandon(end);
    }

    @WhenTransportCan(hooks = Hook.ABANDON)
    void aSenderToAnAbandonedPeerIsTold() throws Exception {
        Pair pair = room.pair();
        pair.host().link().pause();
        Link link = pair.client().link();
        for (long sent = 0; sent < 32 << 20; sent += link.maxFrameBytes()) {
            link.send(Frames.frame(1, link.maxFrameBytes()));
        }
        abandon(pair.host());
        assertThat(pair.client().awaitClosed()).isEmpty();
    }

    @WhenTransportCan(hooks = Hook.ABANDON)
    void neighboursOfAnAbandonedLinkDoNotNotice() throws Exception {
        Host host = room.host(End::echo);
        End dying = room.connect(host.address());
        End living = room.connect(host.address());
        abandon(dying);
        host.next().awaitClosed();
        living.link().send(Frames.frame(1, 100));
        assertThat(living.awaitNumbers(1)).containsExactly(1L);
    }

    /** The dead get no {@code onClosed}; the room must not wait for it. */
    private void abandon(End end) throws Exception {
        fixture().abandon(end.link());
        room.forget(end);
    }
}
