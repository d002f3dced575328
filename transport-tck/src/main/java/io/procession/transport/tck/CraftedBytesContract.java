package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/** First level of crash: bytes that no honest peer sends. They cost the link on which they came, and no memory. */
abstract class CraftedBytesContract extends Contract {
    private Host host;

    @SuppressWarnings("NullAway.Init") // listens before each test
    CraftedBytesContract(TransportFixture fixture) {
        super(fixture);
    }

    @BeforeEach
    void listen() throws IOException {
        host = room.host(End::echo);
    }

    @WhenTransportCan(hooks = Hook.RAW_PEER)
    void aHonestFrameOfARawPeerArrives() throws Exception {
        try (RawPeer peer = raw(true)) {
            peer.write(Frames.frame(1, 100));
            peer.write(Frames.frame(2, 4));
            End end = host.next();
            assertThat(end.awaitFrames(2)).hasSize(2);
            assertThat(end.closed()).isFalse();
        }
    }

    @WhenTransportCan(hooks = Hook.RAW_PEER)
    void aLengthThatCannotBeEndsTheLinkWithACause() throws Exception {
        End honest = room.connect(host.address());
        host.next();
        for (int length : new int[] {
            0, 1, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, honest.link().maxFrameBytes() + 1
        }) {
            try (RawPeer peer = raw(true)) {
                End end = host.next();
                peer.write(ByteBuffer.allocate(4).putInt(0, length));
                assertThat(end.awaitClosed()).as("length %d", length).isPresent();
                assertThat(end.count()).isZero();
            }
        }
        assertServes(honest);
    }

    @WhenTransportCan(hooks = Hook.RAW_PEER)
    void aFrameCutOffByTheEndIsNeverSeen() throws Exception {
        for (int present : new int[] {1, 3, 4, 50, 99}) {
            RawPeer peer = raw(true);
            End end = host.next();
            peer.write(Frames.frame(1, 60));
            peer.write(Frames.frame(2, 100).limit(present));
            peer.close();
            end.awaitClosed();
            assertThat(end.awaitNumbers(1))
                    .as("%d bytes of the second frame", present)
                    .containsExactly(1L);
        }
        assertServes(room.connect(host.address()));
    }

    @WhenTransportCan(hooks = Hook.RAW_PEER)
    void aFrameMayArriveByteByByte() throws Exception {
        try (RawPeer peer = raw(true)) {
            for (int number = 0; number < 3; number++) {
                ByteBuffer frame = Frames.frame(number, 40);
                for (int at = 0; at < 40; at++) {
                    peer.write(frame.slice(at, 1));
                }
            }
            assertThat(host.next().awaitNumbers(3)).containsExactly(0L, 1L, 2L);
        }
    }

    @WhenTransportCan(hooks = Hook.RAW_PEER)
    void whoTalksNonsenseBeforeItsGreetingIsNeverAccepted() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            byte[] nonsense = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(nonsense);
            try (RawPeer peer = raw(false)) {
                peer.write(ByteBuffer.wrap(nonsense));
            } catch (IOException ended) {
                // A listener may well hang up in the middle of it.
            }
        }
        assertServes(room.connect(host.address()));
        assertThat(host.all()).as("seed %d", seed).hasSize(1);
    }

    @WhenTransportCan(hooks = Hook.RAW_PEER)
    void whoMakesContactAndIsSilentHoldsUpNobody() throws Exception {
        try (RawPeer first = raw(false);
                RawPeer second = raw(false)) {
            assertThat(first).isNotSameAs(second);
            assertServes(room.connect(host.address()));
        }
    }

    private RawPeer raw(boolean greeted) throws IOException {
        return fixture().rawPeer(host.address(), room.site(), greeted, End.PATIENCE);
    }

    private static void assertServes(End client) {
        int before = client.count();
        client.link().send(Frames.frame(1, 100));
        client.awaitFrames(before + 1);
        assertThat(client.closed()).isFalse();
    }
}
