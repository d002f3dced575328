package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.gather.Remainder;
import io.procession.transport.gather.SendMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes what when, and what is told of it, over a wire that takes as much as the test lets it. */
class FrameWriterTest {
    private final FakeWire wire = new FakeWire();
    private final List<Long> told = new ArrayList<>();
    private final SocketLink link = new SocketLink(wire, new FrameReader());

    @BeforeEach
    void start() {
        link.handledBy(new LinkHandler() {
            @Override
            public void onFrame(Link from, ByteBuffer frame) {}

            @Override
            public void onWritten(Link to, long position) {
                told.add(position);
            }

            @Override
            public void onClosed(Link ended, @Nullable Throwable cause) {}
        });
        link.start();
        link.serve();
    }

    private static ByteBuffer frame(int bytes) {
        return ByteBuffer.allocate(bytes).putInt(0, bytes);
    }

    @Test
    void aSingleFrameIsWrittenByItsSenderAndNobodyIsWoken() {
        assertThat(link.send(frame(100))).isEqualTo(1);
        assertThat(link.written()).isEqualTo(1);
        assertThat(wire.taken.size()).isEqualTo(100);
        assertThat(wire.wakes).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void whatTheKernelDoesNotTakeIsLeftToTheThreadOfTheLinkAndTold() {
        wire.room = 50;
        link.send(frame(100));
        link.send(frame(100));
        assertThat(link.written()).isZero();
        assertThat(wire.wakes).isEqualTo(1);
        wire.room = 1_000;
        link.serve();
        assertThat(link.written()).isEqualTo(2);
        assertThat(wire.taken.size()).isEqualTo(200);
        assertThat(told).containsExactly(2L);
    }

    @Test
    void theLastBatchThatTheWireWritesItselfIsToldToo() {
        wire.room = 50;
        link.send(frame(100));
        link.serve();
        assertThat(wire.lent).isNotNull();
        assertThat(told).isEmpty();
        link.writer().finished();
        link.serve();
        assertThat(link.written()).isEqualTo(1);
        assertThat(told).containsExactly(1L);
    }

    @Test
    void whatAHandlerSendsGoesInOneWrite() {
        wire.here = true;
        for (int i = 0; i < 10; i++) {
            link.send(frame(100));
        }
        assertThat(wire.writes).isZero();
        link.serve();
        assertThat(wire.writes).isEqualTo(1);
        assertThat(link.written()).isEqualTo(10);
        assertThat(told).containsExactly(10L);
    }

    /** Sends until frames gather; how many that took. */
    private long flood() {
        for (long sent = 1; sent < 1_000_000; sent++) {
            link.send(frame(100));
            if (link.written() < sent) {
                return sent;
            }
        }
        throw new AssertionError("each frame was written by itself");
    }

    @Test
    void aFloodGoesManyFramesAWriteAndItsEndIsNotForgotten() throws InterruptedException {
        long sent = flood();
        int writesBefore = wire.writes;
        for (int i = 0; i < 100_000; i++) {
            link.send(frame(100));
            sent++;
        }
        assertThat(wire.writes - writesBefore).isLessThan(50_000); // 800 if nothing interrupts it
        long last = sent;
        Eventually.holds("the last frame is written", () -> link.written() == last);
        Eventually.holds("the thread of the link is woken for it", () -> wire.wakes > 0);
        assertThat(wire.taken.size()).isEqualTo(100 * last);
        link.serve();
        assertThat(told).contains(last);
    }

    @Test
    void aFloodThatTheKernelHasNoRoomForIsLeftToTheThreadOfTheLink() throws InterruptedException {
        wire.room = 20_000;
        long sent = 0;
        while (wire.wakes == 0) {
            link.send(frame(100));
            sent++;
        }
        assertThat(link.written()).isLessThanOrEqualTo(200);
        wire.room = 1_000_000_000;
        link.serve();
        long last = sent;
        Eventually.holds("all is written", () -> link.written() == last);
        assertThat(wire.taken.size()).isEqualTo(100 * last);
    }

    @Test
    void anOddSizeInAFloodKeepsItsPlace() throws Exception {
        long sent = flood();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (long i = 0; i < sent; i++) {
            expected.write(frame(100).array());
        }
        for (int i = 0; i < 2_000; i++) {
            ByteBuffer frame = frame(i % 7 == 0 ? 60_000 : 40 + i % 50).put(8, (byte) i);
            link.send(frame);
            expected.write(frame.array());
            sent++;
        }
        long last = sent;
        Eventually.holds("all is written", () -> link.written() == last);
        assertThat(wire.taken.toByteArray()).isEqualTo(expected.toByteArray());
    }

    private static byte[] numbered(long number) {
        return frame((int) (12 + number * 31 % 400)).putLong(4, number).array();
    }

    /** What the other side makes of it if this process ends now, with a wire that takes nothing any more. */
    private byte[] arrivedIfDead(Path file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(wire.taken.toByteArray());
        Path another =
                Files.createLink(file.resolveSibling("another"), file); // the first to look would remove the only one
        ByteBuffer rest = Remainder.adopt(another).after(wire.taken.size());
        all.write(rest.array(), rest.position(), rest.remaining());
        return all.toByteArray();
    }

    private static long wholeFrames(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        long number = 0;
        for (int at = 0; all.capacity() - at >= 12 && all.capacity() - at >= all.getInt(at); at += all.getInt(at)) {
            assertThat(all.getLong(at + 4)).isEqualTo(number++);
        }
        return number;
    }

    @Test
    void whatGathersInAFileCountsAsWrittenAndIsFoundThere(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("kept");
        link.writer().keepIn(SendMemory.create(file));
        long sent = 0;
        long kept = 0;
        while (kept
                < 300) { // a slow machine needs several floods until frames gather at the moment when the wire stops
            wire.takes(Integer.MAX_VALUE);
            for (int i = 0; i < 3_000; i++) {
                link.send(ByteBuffer.wrap(numbered(sent++)));
            }
            wire.takes(0);
            for (int i = 0; i < 350; i++) { // more than one batch holds
                link.send(ByteBuffer.wrap(numbered(sent++)));
            }
            long written = link.written();
            kept = written - wholeFrames(wire.taken.toByteArray());
            assertThat(wholeFrames(arrivedIfDead(file))).isGreaterThanOrEqualTo(written);
            wire.takes(Integer.MAX_VALUE);
            long all = sent;
            Eventually.holds("all is written", () -> {
                link.serve();
                return wholeFrames(wire.taken.toByteArray()) == all;
            });
        }
        assertThat(link.written()).isEqualTo(sent);
    }

    @Test
    void whatIsSentWhileTheThreadOfTheLinkWritesIsNotForgottenAfterItsManyWrites(@TempDir Path directory)
            throws Exception {
        for (int burst = 1; burst <= 40; burst++) {
            FakeWire busy = new FakeWire();
            SocketLink kept = new SocketLink(busy, new FrameReader());
            kept.writer().keepIn(SendMemory.create(directory.resolve("kept" + burst)));
            kept.handledBy(new LinkHandler() {
                @Override
                public void onFrame(Link from, ByteBuffer frame) {}

                @Override
                public void onWritten(Link to, long position) {}

                @Override
                public void onClosed(Link ended, @Nullable Throwable cause) {}
            });
            kept.start();
            int[] left = {burst};
            busy.duringPut = () -> {
                if (left[0]-- > 0) {
                    kept.send(frame(100));
                }
            };
            kept.send(frame(100));
            int wakes;
            do { // as the thread of a link is called as often as it was woken
                wakes = busy.wakes;
                kept.serve();
            } while (busy.wakes > wakes);
            assertThat(busy.taken.size()).as("burst of %s", burst).isEqualTo(100 * (1 + burst));
        }
    }

    @Test
    void largePartsOutsideTheHeapAreNotCopiedAndStayInOrder() {
        ByteBuffer head = ByteBuffer.allocate(4).putInt(0, 4 + 10_000);
        ByteBuffer body = ByteBuffer.allocateDirect(10_000).put(7, (byte) 7);
        link.send(head, body.clear());
        assertThat(wire.gathered).isEqualTo(2);
        assertThat(wire.taken.toByteArray()[4 + 7]).isEqualTo((byte) 7);
        assertThat(body.remaining()).isEqualTo(10_000);
    }

    @Test
    void aDeadPeerDropsWhatWaitsAndIsNotAskedAgain() {
        wire.dead = true;
        link.send(frame(100));
        link.send(frame(100));
        link.serve();
        assertThat(link.written()).isZero();
        assertThat(told).isEmpty();
    }

    /** Takes as much as there is room for. */
    private static final class FakeWire implements Wire {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        int room = Integer.MAX_VALUE;
        int writes;
        volatile int wakes;
        int gathered;
        boolean here;
        boolean dead;
        Runnable duringPut = () -> {};

        @Nullable
        Batch lent;

        @Override
        public boolean isHere() {
            return here;
        }

        @Override
        public synchronized void wake() {
            wakes++;
        }

        synchronized void takes(int bytes) {
            room = bytes;
        }

        @Override
        public synchronized int put(ByteBuffer segment) throws IOException {
            duringPut.run();
            if (dead) {
                throw new IOException("Broken pipe");
            }
            writes++;
            int count = Math.min(room, segment.remaining());
            for (int i = 0; i < count; i++) {
                taken.write(segment.get());
            }
            room -= count;
            return count;
        }

        @Override
        public synchronized long put(ByteBuffer[] segments, int offset, int count) throws IOException {
            gathered = count;
            long all = 0;
            for (int i = offset; i < offset + count; i++) {
                all += put(segments[i]);
            }
            return all;
        }

        @Override
        public void putLater(Batch batch) {
            lent = batch;
        }

        @Override
        public void reading(boolean wanted) {}

        @Override
        public void endOutput() {}

        @Override
        public void serveAfter(long nanos) {}

        @Override
        public void close() {}
    }
}
