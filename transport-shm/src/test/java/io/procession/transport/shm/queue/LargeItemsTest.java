package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items that are larger than a cell, in segments of several "processes" of which this one says who lives. */
class LargeItemsTest {
    private static final int OWNER = 1;
    private static final int ITEM_BYTES = 5000;
    private static final long SECOND_NANOS = 1_000_000_000;

    /** Room for three items. */
    private static final int SMALL_SEGMENT_BYTES = 20 << 10;

    @TempDir
    Path directory;

    @TempDir
    Path overflow;

    private final Set<Long> dead = new HashSet<>();
    private QueueFiles files;
    private long segmentBytes = QueueOptions.DEFAULT_SEGMENT_BYTES;

    @BeforeEach
    void place() {
        files = new QueueFiles(directory, overflow, "q");
    }

    @Test
    void manyItemsNeedOneFileThatStays() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        for (int i = 0; i < 1000; i++) {
            assertThat(owner.offer(item(i))).isEqualTo(MemoryQueue.Put.DONE);
            take(other, i);
        }
        assertThat(alone()).isEmpty();
        assertThat(segments())
                .singleElement()
                .satisfies(file -> assertThat(file).hasSize(256 << 10));
        owner.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void itemsOfAllSizesComeAsTheyWerePut() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        List<Integer> sizes =
                new ArrayList<>(List.of(472, 473, 1023, 1024, 1025, 2048, 65_536, 1 << 20, (4 << 20) + 1));
        for (int i = 0; i < 300; i++) {
            sizes.add(random.nextInt(1 << random.nextInt(18)) + Integer.BYTES);
        }
        int taken = 0;
        for (int i = 0; i < sizes.size(); i++) {
            owner.offer(item(i, sizes.get(i)));
            while (taken <= i && random.nextInt(3) > 0) {
                take(other, taken, sizes.get(taken++));
            }
        }
        while (taken < sizes.size()) {
            take(taken % 2 == 0 ? owner : other, taken, sizes.get(taken++));
        }
        assertThat(alone()).as("seed %s", seed).isEmpty();
    }

    @Test
    void anItemInSomebodysHandsStaysAsItIsWhateverIsPutMeanwhile() throws Exception {
        segmentBytes = SMALL_SEGMENT_BYTES;
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        owner.offer(item(0));
        Taken held = other.poll(false);
        for (int i = 1; i < 100; i++) {
            owner.offer(item(i));
            take(owner, i);
        }
        assertThat(held).isNotNull();
        assertThat(held.bytes()).isEqualTo(item(0));
        dead.add(2L);
        owner.recoverDead();
        for (int i = 100; i < 200; i++) {
            owner.offer(item(i));
            take(owner, i == 100 ? 0 : i - 1); // what came back is first
        }
        take(owner, 199);
    }

    @Test
    void whatFindsNoRoomHasAFileOfItsOwnAndWhatIsTakenMakesRoom() throws Exception {
        segmentBytes = SMALL_SEGMENT_BYTES;
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        for (int i = 0; i < 6; i++) {
            owner.offer(item(i));
        }
        assertThat(alone()).hasSize(2);
        assertThat(segments())
                .singleElement()
                .satisfies(file -> assertThat(file).hasSize(SMALL_SEGMENT_BYTES));
        for (int i = 0; i < 6; i++) {
            take(other, i);
        }
        owner.offer(item(6));
        assertThat(alone()).isEmpty();
        owner.offer(item(7, SMALL_SEGMENT_BYTES));
        assertThat(alone()).as("too large for a segment").hasSize(1);
        take(other, 6);
        take(other, 7, SMALL_SEGMENT_BYTES);
        assertThat(alone()).isEmpty();
    }

    @Test
    void segmentsGrowWithWhatWaitsAndNoFurtherThanAllowed() throws Exception {
        segmentBytes = 2 << 20;
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        int items = 30;
        for (int i = 0; i < items; i++) {
            owner.offer(item(i, 100_000));
        }
        assertThat(segments().stream().mapToLong(File::length).sum()).isEqualTo(segmentBytes);
        assertThat(alone()).isNotEmpty();
        for (int i = 0; i < items; i++) {
            take(other, i, 100_000);
        }
        assertThat(alone()).isEmpty();
    }

    @Test
    void withoutSegmentsEachItemHasAFileOfItsOwn() throws Exception {
        segmentBytes = 0;
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        owner.offer(item(1));
        other.offer(item(2));
        assertThat(alone()).hasSize(2);
        assertThat(segments()).isEmpty();
        take(other, 1);
        take(owner, 2);
        assertThat(alone()).isEmpty();
    }

    @Test
    void itemsOutliveWhoPutThemAndTheirSegmentDoesNotOutliveThem() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue second = attach(2);
        MemoryQueue third = attach(3);
        second.offer(item(1));
        third.offer(item(2));
        third.offer(item(3));
        take(owner, 1);
        dead.add(2L);
        dead.add(3L);
        owner.recoverDead();
        assertThat(segments())
                .singleElement()
                .satisfies(file -> assertThat(file.getName()).contains(".s3-"));
        take(owner, 2);
        attach(4).offer(item(4)); // before it makes a segment it removes those of the dead
        assertThat(segments()).hasSize(2);
        take(owner, 3);
        dead.add(4L);
        owner.recoverDead();
        assertThat(segments())
                .singleElement()
                .satisfies(file -> assertThat(file.getName()).contains(".s4-"));
        take(owner, 4);
    }

    @Test
    void whatWasBeingMadeByOneWhoDiedIsRemovedAndWhatTheLivingHaveIsNot() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue second = attach(2);
        second.offer(item(1));
        take(owner, 1);
        attach(3);
        Files.write(files.segment(3, 7), new byte[10]);
        dead.add(3L);
        owner.recoverDead();
        assertThat(segments())
                .singleElement()
                .satisfies(file -> assertThat(file.getName()).contains(".s2-"));
        second.offer(item(2));
        take(owner, 2);
    }

    @Test
    void whoLeavesGivesBackWhatHoldsNoItemAndMayComeAgain() throws Exception {
        create().offer(item(0));
        SegmentPool pool = new SegmentPool(files, 2);
        MemoryQueue first = MemoryQueue.attach(pool, 2, this::isAlive);
        take(first, 0);
        first.offer(item(1));
        first.trim();
        assertThat(segments()).hasSize(2);
        MemoryQueue again = MemoryQueue.attach(pool, 2, this::isAlive);
        again.offer(item(2));
        assertThat(segments()).as("the same is used").hasSize(2);
        take(again, 1);
        take(again, 2);
        again.trim();
        assertThat(segments()).hasSize(1);
        again.offer(item(3));
        take(first, 3);
    }

    @Test
    void anItemWhoseSegmentIsGoneOrTooShortIsToldOnceAndNotInTheWay() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue second = attach(2);
        MemoryQueue third = attach(3);
        second.offer(item(1));
        third.offer(item(2));
        owner.offer(item(3));
        for (File segment : segments()) {
            Files.delete(segment.toPath()); // who has mapped it keeps it
            if (segment.getName().contains(".s3-")) {
                Files.write(segment.toPath(), new byte[ITEM_BYTES - 1]);
            }
        }
        lost(owner, "is lost");
        lost(owner, "too short");
        take(owner, 3);
        assertThat(owner.size()).isZero();
    }

    @Test
    void whoCannotMapASegmentReadsItsFileAndTriesAgainLater() throws Exception {
        MemoryQueue second = createAndAttach();
        second.offer(item(1));
        int number = QueueFiles.numberOf(segments().get(0).toPath());
        long place = (long) number << Integer.SIZE;
        AtomicLong now = new AtomicLong();
        AtomicLong tried = new AtomicLong();
        SegmentMaps maps = new SegmentMaps(
                files,
                (maker, which) -> {
                    if (tried.incrementAndGet() == 1) {
                        throw new IOException("Map failed");
                    }
                    return files.openSegment(maker, which);
                },
                now::get);
        assertThat(maps.read(2, place, ITEM_BYTES)).isEqualTo(item(1));
        assertThat(maps.read(2, place, ITEM_BYTES).hasArray()).as("a copy").isTrue();
        assertThat(tried).hasValue(1);
        now.set(SECOND_NANOS);
        assertThat(maps.read(2, place, ITEM_BYTES)).isEqualTo(item(1));
        assertThat(maps.read(2, place, ITEM_BYTES).isDirect()).isTrue();
        assertThat(tried).hasValue(2);
    }

    @Test
    void mappingsOfWhatWasRemovedAreDropped() throws Exception {
        create();
        SegmentMaps maps = new SegmentMaps(files);
        for (int number = 1; number <= 3; number++) {
            files.createSegment(2, number, 1 << 10);
            maps.read(2, (long) number << Integer.SIZE, 100);
        }
        assertThat(maps.count()).isEqualTo(3);
        files.deleteSegment(2, 1);
        files.deleteSegment(2, 2);
        files.createSegment(2, 4, 1 << 10);
        maps.read(2, 4L << Integer.SIZE, 100);
        assertThat(maps.count()).isEqualTo(2);
    }

    @Test
    void whereNoSegmentCanBeMadeItemsGoWhereThereIsRoomAndItIsTriedAgainLater() throws Exception {
        AtomicLong now = new AtomicLong();
        MemoryQueue owner = create();
        MemoryQueue queue = MemoryQueue.attach(new SegmentPool(files, 2, now::get), 2, this::isAlive);
        assertThat(queue.size()).isZero(); // it has mapped the cells
        Path hidden = directory.resolveSibling(directory.getFileName() + "-hidden");
        Files.move(directory, hidden);
        try {
            queue.offer(item(1));
            assertThat(overflow).isNotEmptyDirectory();
        } finally {
            Files.move(hidden, directory);
        }
        queue.offer(item(2));
        assertThat(segments()).isEmpty();
        now.set(SECOND_NANOS);
        queue.offer(item(3));
        assertThat(segments()).hasSize(1);
        for (int i = 1; i <= 3; i++) {
            take(owner, i);
        }
        assertThat(overflow).isEmptyDirectory();
    }

    @Test
    void threadsOfAProcessPutAndTakeThroughOneSegment() throws Exception {
        segmentBytes = 64 << 10;
        MemoryQueue queue = create();
        int items = 2000;
        List<Thread> threads = new ArrayList<>();
        Set<Integer> came = java.util.concurrent.ConcurrentHashMap.newKeySet();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 2; t++) {
            int first = t * items;
            threads.add(thread(failures, () -> {
                for (int i = first; i < first + items; i++) {
                    queue.offer(item(i));
                }
            }));
            threads.add(thread(failures, () -> {
                while (came.size() < 2 * items && failures.isEmpty()) {
                    Taken taken = queue.poll(false);
                    if (taken == null) {
                        Thread.yield();
                    } else {
                        int number = taken.bytes().getInt(0);
                        assertThat(taken.bytes()).isEqualTo(item(number));
                        taken.commit();
                        assertThat(came.add(number)).isTrue();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(alone()).isEmpty();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread thread(List<Throwable> failures, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable t) {
                failures.add(t);
            }
        });
        thread.start();
        return thread;
    }

    private static void lost(MemoryQueue queue, String why) throws IOException {
        Taken taken = queue.poll(false);
        assertThat(taken).isNotNull();
        assertThatThrownBy(taken::bytes)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("an item of 5000 bytes", why);
        taken.commit();
    }

    private MemoryQueue createAndAttach() throws IOException {
        create();
        return attach(2);
    }

    private MemoryQueue create() throws IOException {
        QueueOptions options = QueueOptions.of(Bound.NONE).withSegmentBytes(segmentBytes);
        return MemoryQueue.create(options, new SegmentPool(files, OWNER), OWNER, this::isAlive);
    }

    private MemoryQueue attach(long incarnation) throws IOException {
        return MemoryQueue.attach(new SegmentPool(files, incarnation), incarnation, this::isAlive);
    }

    private boolean isAlive(long incarnation) {
        return !dead.contains(incarnation);
    }

    private List<File> segments() {
        return files(".s");
    }

    private List<File> alone() {
        return files(".x");
    }

    private List<File> files(String kind) {
        File[] found = directory.toFile().listFiles((parent, name) -> name.contains("q" + kind));
        return found == null ? List.of() : Arrays.stream(found).sorted().toList();
    }

    private static ByteBuffer item(int number) {
        return item(number, ITEM_BYTES);
    }

    /** Its number everywhere. */
    private static ByteBuffer item(int number, int bytes) {
        ByteBuffer item = ByteBuffer.allocate(bytes);
        while (item.remaining() >= Integer.BYTES) {
            item.putInt(number);
        }
        return item.rewind();
    }

    private static void take(MemoryQueue queue, int number) throws IOException {
        take(queue, number, ITEM_BYTES);
    }

    private static void take(MemoryQueue queue, int number, int bytes) throws IOException {
        Taken taken = queue.poll(false);
        if (taken == null) {
            throw new AssertionError("the queue is empty");
        }
        assertThat(taken.bytes().equals(item(number, bytes)))
                .as(
                        "item %s of %s bytes, came %s of %s",
                        number, bytes, taken.bytes().getInt(0), taken.bytes().remaining())
                .isTrue();
        taken.commit();
    }
}
