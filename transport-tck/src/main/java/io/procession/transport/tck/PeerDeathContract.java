package io.procession.transport.tck;

import static io.procession.transport.Capability.DELIVERS_AFTER_DEATH;
import static io.procession.transport.Capability.PEER_DEATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Third level of crash: a child JVM ended by {@code kill -9} at a moment the test chooses. */
abstract class PeerDeathContract extends Contract {
    PeerDeathContract(TransportFixture fixture) {
        super(fixture);
    }

    @WhenTransportCan(DELIVERS_AFTER_DEATH)
    void whatAKilledChildHadWrittenArrivesThenTheEnd() throws Exception {
        Host host = room.host();
        ChildJvm child = room.child();
        child.connect(host.address());
        End end = host.next();
        end.link().pause(); // so that it is the kernel, not this process, who holds the frames at the moment of death
        child.ask("send 100 200");
        child.kill();
        end.link().resume();
        assertThat(end.awaitClosed()).isEmpty();
        assertThat(end.awaitNumbers(100))
                .isEqualTo(LongStream.range(0, 100).boxed().toList());
    }

    @WhenTransportCan(DELIVERS_AFTER_DEATH)
    void whatAChildWroteRightAfterConnectingArrivesThoughItIsKilledAtOnce() throws Exception {
        Host host = room.host();
        ChildJvm child = room.child();
        child.connect(host.address());
        child.ask("send 1 200");
        child.kill();
        End end = host.next();
        assertThat(end.awaitClosed()).isEmpty();
        assertThat(end.awaitNumbers(1)).containsExactly(0L);
    }

    @WhenTransportCan(DELIVERS_AFTER_DEATH)
    void aChildKilledInTheMiddleOfAStreamLeavesWholeFramesOnly() throws Exception {
        Host host = room.host((end, link, frame) -> {
            if (frame.number() == 20) {
                link.pause();
            }
        });
        ChildJvm child = room.child();
        child.connect(host.address());
        End end = host.next();
        child.ask("stream " + end.link().maxFrameBytes());
        end.awaitFrames(21); // the child goes on until nothing fits any more, and so dies within a frame
        long written = Long.parseLong(child.ask("written").split(" ", -1)[1]);
        child.kill();
        end.link().resume();
        assertThat(end.awaitClosed()).isEmpty();
        assertThat((long) end.count()).isGreaterThanOrEqualTo(written);
        assertThat(end.awaitNumbers(0))
                .isEqualTo(LongStream.range(0, end.count()).boxed().toList());
    }

    @WhenTransportCan(PEER_DEATH)
    void anIdleLinkSeesItsPeerDie() throws Exception {
        Host host = room.host();
        ChildJvm child = room.child();
        child.connect(host.address());
        End end = host.next();
        child.kill();
        assertThat(end.awaitClosed()).isEmpty();
    }

    @WhenTransportCan(PEER_DEATH)
    void theClientOfAKilledHostIsTold() throws Exception {
        ChildJvm child = room.child();
        End client = room.connect(child.listen("record"));
        client.link().send(Frames.frame(1, 100));
        child.kill();
        assertThat(client.awaitClosed()).isEmpty();
    }

    @WhenTransportCan(PEER_DEATH)
    void aSenderWithABacklogToAKilledPeerIsTold() throws Exception {
        ChildJvm child = room.child();
        TransportAddress address = child.listen("stall-reading");
        End client = room.connect(address);
        int sizeBytes = client.link().maxFrameBytes();
        for (long sent = 0; sent < 32 << 20; sent += sizeBytes) {
            client.link().send(Frames.frame(1, sizeBytes));
        }
        child.kill();
        assertThat(client.awaitClosed()).isEmpty();
    }

    @WhenTransportCan(PEER_DEATH)
    void connectingToAKilledHostFails() throws Exception {
        ChildJvm child = room.child();
        TransportAddress address = child.listen("record");
        child.kill();
        assertThatIOException().isThrownBy(() -> room.connect(address));
    }

    @WhenTransportCan(PEER_DEATH)
    void whoConnectsToAHostThatDiesWhileItAcceptsIsTold() throws Exception {
        ChildJvm child = room.child();
        TransportAddress address = child.listen("stall");
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread connecting = new Thread(() -> {
            try {
                room.connect(address);
                outcome.complete(new AssertionError("connected although nobody accepted"));
            } catch (Exception failure) {
                outcome.complete(failure);
            }
        });
        connecting.start();
        child.ask("await-accepting");
        child.kill();
        assertThat(outcome.get(End.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @WhenTransportCan(PEER_DEATH)
    void aChildKilledWhileItIsAcceptedLeavesAnEndedLinkAndAListenerThatGoesOn() throws Exception {
        CountDownLatch accepting = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        Host host = room.host(End::echo, link -> {
            accepting.countDown();
            waitFor(dead);
        });
        ChildJvm child = room.child();
        child.tell(
                "connect " + host.address().transport() + " " + host.address().value());
        accepting.await();
        child.kill();
        dead.countDown();
        assertThat(host.next().awaitClosed()).isEmpty();
        assertServes(host);
    }

    @WhenTransportCan(PEER_DEATH)
    void theDeathOfOneChildLeavesTheLinksOfOthersAlone() throws Exception {
        Host host = room.host(End::echo);
        ChildJvm dying = room.child();
        ChildJvm living = room.child();
        dying.connect(host.address());
        End ofDying = host.next();
        living.connect(host.address());
        dying.ask("stream 5000");
        ofDying.awaitFrames(100);
        dying.kill();
        ofDying.awaitClosed();
        living.ask("send 100 200");
        assertThat(living.ask("receive 100")).isEqualTo("received 100");
        assertServes(host);
    }

    private void assertServes(Host host) throws Exception {
        End client = room.connect(host.address());
        client.link().send(Frames.frame(1, 100));
        assertThat(client.awaitNumbers(1)).containsExactly(1L);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
