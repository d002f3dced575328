package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.transport.TransportSite;
import io.procession.transport.queue.QueueBound;
import io.procession.transport.queue.QueueSite;
import io.procession.transport.queue.SharedQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process keeps of the queues that it has used, which must not grow with their number; of two "processes" that live as long as the test. */
class MemoryQueuesTest {
    private static final int MANY = 300;
    private static final long SEGMENT_BYTES = 1 << 20;
    private static final QueueBound BOUND = new QueueBound(10, Long.MAX_VALUE);

    private static final QueueSite.Kin ALL_ALIVE = new QueueSite.Kin() {
        @Override
        public boolean isAlive(long incarnation) {
            return true;
        }

        @Override
        public String siteName(long incarnation) {
            return "site" + incarnation;
        }
    };

    @TempDir
    Path directory;

    private MemoryQueues owner;
    private MemoryQueues other;

    @BeforeEach
    void start() {
        owner = process(1);
        other = process(2);
    }

    private MemoryQueues process(long incarnation) {
        Place place = new Place() {
            @Override
            public Path ready() {
                return directory;
            }

            @Override
            public void reclaim() {}

            @Override
            public void removeIfEmpty() {}
        };
        return queues(incarnation, place);
    }

    private MemoryQueues queues(long incarnation, Place place) {
        TransportSite site = new TransportSite(directory, ALL_ALIVE.siteName(incarnation));
        return new MemoryQueues(new QueueSite(site, incarnation, ALL_ALIVE), place, SEGMENT_BYTES);
    }

    /** A place without room until it was asked for what has ended, so many times. */
    private final class NarrowPlace implements Place {
        private final Path narrow = directory.resolve("narrow");
        private int askedInVain;

        NarrowPlace(int askedInVain) throws IOException {
            this.askedInVain = askedInVain;
            Files.createFile(narrow); // in which nothing can be made
        }

        @Override
        public Path ready() {
            return narrow;
        }

        @Override
        public void reclaim() {
            if (askedInVain-- == 0) {
                try {
                    Files.delete(narrow);
                    Files.createDirectory(narrow);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void removeIfEmpty() {}
    }

    @Test
    void whatHasEndedGivesItsMemoryToAQueueThatFindsNoRoom() throws Exception {
        try (MemoryQueues queues = queues(3, new NarrowPlace(0))) {
            SharedQueue queue = queues.create("late", BOUND);
            queue.end();
        }
    }

    @Test
    void withoutRoomWhoMakesAQueueIsToldAndNothingIsKept() throws Exception {
        try (MemoryQueues queues = queues(3, new NarrowPlace(1))) {
            assertThatThrownBy(() -> queues.create("never", BOUND))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("cannot make the memory of a queue in", "narrow", "Make room there");
            assertThat(queues.known()).isZero();
        }
    }

    @Test
    void queuesThatWereMadeAndLeftLeaveNothing() throws Exception {
        for (int i = 0; i < MANY; i++) {
            SharedQueue own = owner.create("q" + i, BOUND);
            SharedQueue theirs = other.attach("q" + i);
            putLarge(theirs);
            take(own);
            theirs.leave();
            theirs.leave();
            own.end();
        }
        assertThat(owner.known()).isZero();
        assertThat(other.known()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aQueueThatCannotBeOpenedIsNotKnown() throws Exception {
        Files.write(directory.resolve("q"), new byte[1 << 20]);
        assertThatIOException().isThrownBy(() -> other.attach("q"));
        assertThatIOException().isThrownBy(() -> owner.create("q", BOUND));
        assertThat(owner.known() + other.known()).isZero();
    }

    @Test
    void whoComesBackHasTheSegmentsInWhichItsItemsAre() throws Exception {
        SharedQueue own = owner.create("q", BOUND);
        SharedQueue theirs = other.attach("q");
        putLarge(theirs);
        theirs.leave();
        assertThat(other.known()).isOne();
        SharedQueue again = other.attach("q");
        putLarge(again);
        assertThat(segments()).isOne();
        take(own);
        take(own);
        again.leave();
        assertThat(other.known()).isZero();
        assertThat(segments()).isZero();
    }

    @Test
    void oneOfTwoUsesThatEndsTakesNothingFromTheOther() throws Exception {
        owner.create("q", BOUND);
        SharedQueue one = other.attach("q");
        SharedQueue two = other.attach("q");
        putLarge(one);
        one.leave();
        putLarge(two);
        assertThat(segments()).isOne();
        assertThat(other.known()).isOne();
    }

    @Test
    void queuesThatVanishWithItemsOfThisProcessAreForgottenSoon() throws Exception {
        for (int i = 0; i < MANY; i++) {
            SharedQueue own = owner.create("q" + i, BOUND);
            SharedQueue theirs = other.attach("q" + i);
            putLarge(theirs);
            theirs.leave(); // nobody tells it what comes of its item
            own.end();
            assertThat(other.known()).isOne();
        }
    }

    @Test
    void aQueueCostsAFewLooksHoweverManyAreKnown() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        SegmentPools pools = new SegmentPools(2, files -> {
            looks.incrementAndGet();
            return files.isRemoved();
        });
        for (int i = 0; i < MANY; i++) {
            leaveAnItemIn("q" + i, pools);
            assertThat(looks.getAndSet(0)).isLessThanOrEqualTo(SegmentPools.LOOKS + 1);
        }
        assertThat(pools.count()).isEqualTo(MANY);

        for (int i = 0; i < MANY; i++) {
            Files.delete(directory.resolve("q" + i));
        }
        for (int i = 0; i < MANY / (SegmentPools.LOOKS - 1) + 1; i++) {
            leaveAnItemIn("later" + i, pools);
        }
        assertThat(pools.count()).isEqualTo(MANY / (SegmentPools.LOOKS - 1) + 1);
    }

    private void leaveAnItemIn(String name, SegmentPools pools) throws IOException {
        Files.createFile(directory.resolve(name));
        SegmentPools.Use use = pools.use(new QueueFiles(directory, directory, name));
        use.segments().grow(0, 1, SEGMENT_BYTES);
        assertThat(use.segments().count()).isOne();
        use.left();
    }

    private static void putLarge(SharedQueue queue) throws Exception {
        assertThat(queue.put(List.of(ByteBuffer.allocate(5000)), 0)).isEqualTo(SharedQueue.Outcome.DONE);
    }

    private static void take(SharedQueue queue) throws Exception {
        SharedQueue.Take take = queue.take(0);
        assertThat(take.outcome()).isEqualTo(SharedQueue.Outcome.DONE);
        assertThat(take.item().commit()).isTrue();
    }

    private long segments() throws IOException {
        return new QueueFiles(directory, directory, "q").segments().size();
    }
}
