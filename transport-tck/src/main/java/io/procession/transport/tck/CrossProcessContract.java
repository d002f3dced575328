package io.procession.transport.tck;

import static io.procession.transport.Capability.CROSS_PROCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The same between JVMs: children that host, children that connect, many of them, and their children. */
abstract class CrossProcessContract extends Contract {
    private static final int CHILDREN = 8;

    CrossProcessContract(TransportFixture fixture) {
        super(fixture);
    }

    @WhenTransportCan(CROSS_PROCESS)
    void framesOfAllSizesComeBackFromAChild() throws Exception {
        End client = room.connect(room.child().listen("echo"));
        List<Integer> sizes = new ArrayList<>();
        for (int sizeBytes = 12; sizeBytes < client.link().maxFrameBytes(); sizeBytes = sizeBytes * 3 / 2) {
            sizes.add(sizeBytes);
        }
        sizes.add(client.link().maxFrameBytes());
        for (int i = 0; i < sizes.size(); i++) {
            client.link().send(Frames.frame(i, sizes.get(i)));
        }
        assertThat(client.awaitFrames(sizes.size()).stream().map(End.Received::sizeBytes))
                .isEqualTo(sizes);
    }

    @WhenTransportCan(CROSS_PROCESS)
    void pingAndPongAlternate() throws Exception {
        End client = room.connect(room.child().listen("echo"));
        for (int number = 0; number < 2_000; number++) {
            client.link().send(Frames.frame(number, 64));
            client.awaitFrames(number + 1);
        }
        assertThat(client.awaitNumbers(2_000))
                .isEqualTo(LongStream.range(0, 2_000).boxed().toList());
    }

    @WhenTransportCan(CROSS_PROCESS)
    void aChildConnectsAndStreams() throws Exception {
        Host host = room.host();
        ChildJvm child = room.child();
        child.connect(host.address());
        End end = host.next();
        int count = (16 << 20) / end.link().maxFrameBytes();
        assertThat(child.ask("send " + count + " " + end.link().maxFrameBytes()))
                .isEqualTo("written " + count);
        assertThat(end.awaitNumbers(count))
                .isEqualTo(LongStream.range(0, count).boxed().toList());
    }

    @WhenTransportCan(CROSS_PROCESS)
    void manyChildrenConnectAtOnceAndNoneDisturbsAnother() throws Exception {
        Host host = room.host();
        List<ChildJvm> children = new ArrayList<>();
        for (int i = 0; i < CHILDREN; i++) {
            children.add(room.child());
        }
        for (ChildJvm child : children) {
            child.tell("connect " + host.address().transport() + " "
                    + host.address().value());
        }
        for (ChildJvm child : children) {
            assertThat(child.answer()).isEqualTo("connected");
            child.tell("send 1000 500");
        }
        for (ChildJvm child : children) {
            assertThat(child.answer()).isEqualTo("written 1000");
        }
        for (int i = 0; i < CHILDREN; i++) {
            assertThat(host.next().awaitNumbers(1_000))
                    .isEqualTo(LongStream.range(0, 1_000).boxed().toList());
        }
    }

    @WhenTransportCan(CROSS_PROCESS)
    void aGrandchildConnectsStraightToItsGrandparent() throws Exception {
        Host host = room.host();
        TransportAddress address = host.address();
        ChildJvm child = room.child();
        child.ask("spawn grand");
        child.ask("tell connect " + address.transport() + " " + address.value());
        child.ask("tell send 100 200");
        assertThat(host.next().awaitFrames(100)).hasSize(100);
    }

    @WhenTransportCan(CROSS_PROCESS)
    void siblingsReachEachOther() throws Exception {
        ChildJvm one = room.child();
        ChildJvm other = room.child();
        other.connect(one.listen("echo"));
        other.ask("send 100 200");
        assertThat(other.ask("receive 100")).isEqualTo("received 100");
    }

    @WhenTransportCan(CROSS_PROCESS)
    void aChildSeesThisSideClose() throws Exception {
        Host host = room.host();
        ChildJvm child = room.child();
        child.connect(host.address());
        host.next().link().close();
        assertThat(child.ask("await-closed")).isEqualTo("closed without cause");
    }

    @WhenTransportCan(CROSS_PROCESS)
    void aPausedParentIsFeltByItsChild() throws Exception {
        Host host = room.host();
        ChildJvm child = room.child();
        child.connect(host.address());
        End end = host.next();
        end.link().pause();
        child.ask("stream " + end.link().maxFrameBytes());
        end.link().resume();
        end.awaitFrames(1_000);
    }
}
