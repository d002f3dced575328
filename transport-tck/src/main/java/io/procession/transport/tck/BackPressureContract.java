package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import io.procession.transport.Link;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A receiver that pauses is felt by its sender, by nobody else, and loses nothing. */
abstract class BackPressureContract extends Contract {
    /** More than any transport may keep between the two ends while the receiver does not read. */
    private static final long TOO_MUCH_BYTES = 32L << 20;
    /** How often a counter must be found unchanged to be taken for standing still. */
    private static final int LOOKS = 10;

    BackPressureContract(TransportFixture fixture) {
        super(fixture);
    }

    @Test
    void sendingToAPausedPeerDoesNotBlockAndTheRestWaitsUntilItReadsOn() throws Exception {
        Pair pair = room.pair();
        pair.host().link().pause();
        int count = overfill(pair.client().link());
        long stoppedAt = awaitStandstill(pair.client().link());
        assertThat(stoppedAt).isLessThan(count);
        pair.host().link().resume();
        pair.client().awaitWritten(count);
        assertThat(pair.host().awaitNumbers(count))
                .isEqualTo(LongStream.range(0, count).boxed().toList());
    }

    @Test
    void whatWaitsIsBoundedForSmallFramesToo() throws Exception {
        Pair pair = room.pair();
        pair.host().link().pause();
        Link link = pair.client().link();
        ByteBuffer frame = Frames.frame(3, 2_000);
        int count = (int) (TOO_MUCH_BYTES / 2_000);
        for (int i = 0; i < count; i++) {
            link.send(frame); // the same memory again and again: it does not change
        }
        assertThat(awaitStandstill(link)).isLessThan(count);
        pair.host().link().resume();
        pair.client().awaitWritten(count);
        assertThat(pair.host().awaitFrames(count)).hasSize(count);
    }

    @Test
    void aHandlerThatPausesGetsNoFurtherFrameUntilItResumes() throws Exception {
        AtomicBoolean pausing = new AtomicBoolean(true);
        Pair pair = room.pair((end, link, frame) -> {
            if (frame.number() % 10 == 9 && pausing.get()) {
                link.pause();
            }
        });
        int count = overfill(pair.client().link());
        for (int expected = 10; expected <= 50; expected += 10) {
            pair.host().awaitFrames(expected);
            awaitStandstill(pair.client().link());
            assertThat(pair.host().count()).isEqualTo(expected);
            pausing.set(expected < 50);
            pair.host().link().resume();
        }
        assertThat(pair.host().awaitFrames(count)).hasSize(count);
    }

    @Test
    void pausingAndResumingOftenLosesNothing() throws Exception {
        Pair pair = room.pair();
        Link host = pair.host().link();
        int count = 20_000;
        Thread sender = new Thread(() -> {
            for (int number = 0; number < count; number++) {
                pair.client().awaitWritten(pair.client().link().send(Frames.frame(number, 500)) - 100);
            }
        });
        sender.start();
        while (pair.host().count() < count) {
            host.pause();
            Thread.onSpinWait();
            host.resume();
            Thread.onSpinWait();
            assertThat(pair.host().violations()).isEmpty();
            assertThat(pair.host().closed()).isFalse();
        }
        sender.join();
        assertThat(pair.host().awaitNumbers(count))
                .isEqualTo(LongStream.range(0, count).boxed().toList());
    }

    @Test
    void pausingTwiceIsUndoneByResumingOnce() throws Exception {
        Pair pair = room.pair();
        pair.host().link().pause();
        pair.host().link().pause();
        pair.client().link().send(Frames.frame(1, 100));
        pair.host().link().resume();
        assertThat(pair.host().awaitNumbers(1)).containsExactly(1L);
        pair.host().link().resume();
    }

    @Test
    void aSlowLinkDoesNotDelayAnother() throws Exception {
        Host host = room.host(End::echo);
        End slow = room.connect(host.address());
        host.next().link().pause();
        End fast = room.connect(host.address());
        overfill(slow.link());
        for (int number = 0; number < 200; number++) {
            fast.link().send(Frames.frame(number, 200));
            fast.awaitFrames(number + 1);
        }
        assertThat(slow.count()).isZero();
    }

    @Test
    void oneDirectionMayStandWhileTheOtherFlows() throws Exception {
        Pair pair = room.pair();
        pair.host().link().pause();
        overfill(pair.client().link());
        for (int number = 0; number < 1_000; number++) {
            pair.host().awaitWritten(pair.host().link().send(Frames.frame(number, 2_000)));
        }
        assertThat(pair.client().awaitFrames(1_000)).hasSize(1_000);
    }

    @Test
    void aPausedSideMayClose() throws Exception {
        Pair pair = room.pair();
        pair.host().link().pause();
        overfill(pair.client().link());
        pair.host().link().close();
        assertThat(pair.host().awaitClosed()).isEmpty();
        assertThat(pair.client().awaitClosed()).isEmpty();
    }

    @Test
    void aSenderThatClosesWithABacklogDeliversWhatItHadWritten() throws Exception {
        Pair pair = room.pair();
        pair.host().link().pause();
        overfill(pair.client().link());
        awaitStandstill(pair.client().link());
        pair.client().link().close();
        assertThat(pair.client().awaitClosed()).isEmpty();
        int written = (int) pair.client().link().written();
        pair.host().link().resume();
        assertThat(pair.host().awaitClosed()).isEmpty();
        assertThat(pair.host().received().size()).isGreaterThanOrEqualTo(written);
        assertThat(pair.host().received().stream().map(End.Received::number))
                .isEqualTo(LongStream.range(0, pair.host().count()).boxed().toList());
    }

    /** Sends, without waiting for anything, more than fits between two ends; returns the number of frames. */
    private static int overfill(Link link) {
        int sizeBytes = link.maxFrameBytes();
        int count = (int) (TOO_MUCH_BYTES / sizeBytes);
        for (int number = 0; number < count; number++) {
            link.send(Frames.frame(number, sizeBytes));
        }
        return count;
    }

    /** A writer that stands still cannot be told from one that rests but by looking for a while. */
    private static long awaitStandstill(Link link) throws InterruptedException {
        long[] last = {-1, 0};
        Eventually.holds("written() stands still", () -> {
            long written = link.written();
            last[1] = written == last[0] ? last[1] + 1 : 0;
            last[0] = written;
            return last[1] >= LOOKS;
        });
        return link.written();
    }
}
