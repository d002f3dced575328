package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.transport.shm.memory.MappedFile;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue in files, with several "processes" of which this one says who lives. */
class MemoryQueueTest {
    private static final int OWNER = 1;
    private static final int LARGE_BYTES = 5000;

    @TempDir
    Path directory;

    private final Set<Long> dead = new HashSet<>();
    private Bound bound = Bound.NONE;

    /** Each large item has a file of its own; segments are for {@link LargeItemsTest}. */
    private static final long SEGMENT_BYTES = 0;

    @Test
    void itemsComeInTheirOrderToAnyProcess() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        owner.offer(item(1));
        other.offer(item(2));
        owner.offer(item(3));
        assertThat(owner.size()).isEqualTo(3);
        assertThat(List.of(take(other), take(owner), take(other))).containsExactly(1, 2, 3);
        assertThat(other.poll(true)).isNull();
        assertThat(owner.size()).isZero();
    }

    @Test
    void anItemWithoutBytesIsAnItem() throws Exception {
        MemoryQueue queue = create();
        queue.offer(ByteBuffer.allocate(0));
        Taken taken = queue.poll(false);
        assertThat(taken).isNotNull();
        assertThat(taken.bytes().hasRemaining()).isFalse();
        taken.commit();
        assertThat(queue.poll(false)).isNull();
    }

    @Test
    void aBoundIsExactAndAPlaceIsFreeAsSoonAsItsItemIsClaimed() throws Exception {
        bound = new Bound(2, Long.MAX_VALUE);
        MemoryQueue queue = create();
        assertThat(queue.offer(item(1))).isEqualTo(MemoryQueue.Put.DONE);
        assertThat(queue.offer(item(2))).isEqualTo(MemoryQueue.Put.DONE);
        assertThat(queue.offer(item(3))).isEqualTo(MemoryQueue.Put.FULL);
        Taken taken = queue.poll(false);
        assertThat(queue.offer(item(3))).isEqualTo(MemoryQueue.Put.DONE);
        taken.commit();
        assertThat(queue.offer(item(4))).isEqualTo(MemoryQueue.Put.FULL);
    }

    @Test
    void aBoundInBytesIsExact() throws Exception {
        bound = new Bound(Long.MAX_VALUE, 2 * LARGE_BYTES);
        MemoryQueue queue = create();
        assertThat(queue.offer(large(1))).isEqualTo(MemoryQueue.Put.DONE);
        assertThat(queue.offer(large(2))).isEqualTo(MemoryQueue.Put.DONE);
        assertThat(queue.offer(item(3))).isEqualTo(MemoryQueue.Put.FULL);
        assertThatThrownBy(() -> queue.offer(ByteBuffer.allocate(2 * LARGE_BYTES + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10001 bytes");
        assertThat(files())
                .as("nothing of the refused")
                .filteredOn(name -> name.contains(".x"))
                .hasSize(2);
    }

    @Test
    void withoutABoundItGrowsByFurtherFiles() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        int items = 5 * Geometry.FIRST_CELLS;
        for (int i = 0; i < items; i++) {
            (i % 2 == 0 ? owner : other).offer(item(i));
        }
        assertThat(files()).contains("q.0", "q.1", "q.2", "q.3").noneMatch(name -> name.contains(".t"));
        for (int i = 0; i < items; i++) {
            assertThat(take(i % 3 == 0 ? owner : other)).isEqualTo(i);
        }
    }

    @Test
    void largeItemsStandInFilesUntilTheyAreTaken() throws Exception {
        MemoryQueue queue = create();
        queue.offer(large(7));
        assertThat(files()).anyMatch(name -> name.contains(".x"));
        Taken taken = queue.poll(false);
        assertThat(taken.bytes().remaining()).isEqualTo(LARGE_BYTES);
        assertThat(taken.bytes().getInt(0)).isEqualTo(7);
        assertThat(taken.bytes().getInt(LARGE_BYTES - 4)).isEqualTo(7);
        taken.commit();
        assertThat(files()).noneMatch(name -> name.contains(".x"));
    }

    @Test
    void anItemWhoseFileIsGoneOrTooShortIsToldOnceAndNotInTheWay() throws Exception {
        MemoryQueue queue = create();
        queue.offer(large(1));
        queue.offer(large(2));
        queue.offer(item(3));
        Files.delete(itemFile());
        Taken gone = queue.poll(false);
        assertThat(gone).isNotNull();
        assertThatThrownBy(gone::bytes)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("an item of 5000 bytes", "is lost", directory.toString());
        gone.commit();
        Files.write(itemFile(), new byte[LARGE_BYTES - 1]);
        Taken tooShort = queue.poll(false);
        assertThat(tooShort).isNotNull();
        assertThatThrownBy(tooShort::bytes).hasMessageContaining("too short");
        tooShort.commit();
        assertThat(take(queue)).isEqualTo(3);
        assertThat(files()).noneMatch(name -> name.contains(".x"));
    }

    @Test
    void whatIsGivenBackComesFirst() throws Exception {
        MemoryQueue queue = create();
        queue.offer(item(1));
        queue.offer(item(2));
        queue.offer(item(3));
        Taken one = queue.poll(false);
        Taken two = queue.poll(false);
        two.giveBack();
        one.giveBack();
        assertThat(queue.size()).isEqualTo(3);
        assertThat(List.of(take(queue), take(queue), take(queue))).containsExactly(1, 2, 3);
    }

    @Test
    void whatADeadProcessHadNotTakenComesToOthersAndItsFilesGo() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        owner.offer(item(1));
        owner.offer(large(2));
        owner.offer(item(3));
        assertThat(other.poll(false)).isNotNull();
        assertThat(other.poll(false)).isNotNull();
        assertThat(owner.recoverDead()).isFalse();
        dead.add(2L);
        assertThat(owner.recoverDead()).isTrue();
        assertThat(List.of(take(owner), take(owner), take(owner))).containsExactly(1, 2, 3);
        assertThat(owner.recoverDead()).isFalse();
        Files.write(
                directory.resolve("q.x5-0"),
                new byte[LARGE_BYTES]); // as one leaves who dies between the file and the cell
        attach(3);
        dead.add(3L);
        owner.recoverDead();
        assertThat(files()).noneMatch(name -> name.contains(".x"));
    }

    @Test
    void whoWasTakenForDeadAndIsNotIsToldThatItsItemIsAnothers() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        owner.offer(item(1));
        Taken taken = other.poll(false);
        assertThat(taken).isNotNull();
        dead.add(2L);
        owner.recoverDead();
        assertThat(taken.commit()).isFalse();
        assertThat(take(owner)).isEqualTo(1);
    }

    @Test
    void aStoppedTakerKeepsItsItemAndNothingElse() throws Exception {
        bound = new Bound(10, Long.MAX_VALUE);
        MemoryQueue owner = create();
        MemoryQueue stopped = attach(2);
        owner.offer(item(0));
        Taken kept = stopped.poll(false);
        for (int i = 1; i < 10 * Geometry.FIRST_CELLS; i++) {
            assertThat(owner.offer(item(i))).isEqualTo(MemoryQueue.Put.DONE);
            assertThat(take(owner)).isEqualTo(i);
        }
        assertThat(files()).as("no more memory").doesNotContain("q.1");
        kept.commit();
    }

    @Test
    void afterAShutdownNothingIsPutAndWhatIsThereCanBeTaken() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        owner.offer(item(1));
        other.shutDown();
        assertThat(owner.offer(item(2))).isEqualTo(MemoryQueue.Put.SHUT);
        assertThat(owner.isDry()).isFalse();
        Taken taken = other.poll(false);
        assertThat(owner.isDry()).as("it may come back").isFalse();
        taken.commit();
        assertThat(owner.isDry()).isTrue();
    }

    @Test
    void whoIsKilledBetweenSayingThatAllIsDroppedAndShuttingLosesNoPut() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        owner.offer(item(1));
        Words.setRelease(header(), HeaderLayout.END, HeaderLayout.DROPS);
        assertThat(owner.offer(item(2))).isEqualTo(MemoryQueue.Put.SHUT);
        assertThat(other.offer(large(3))).isEqualTo(MemoryQueue.Put.SHUT);
        assertThat(other.mayBeDry()).isTrue();
        assertThat(other.poll(false)).isNull();
        assertThat(owner.isDry()).isTrue();
    }

    @Test
    void whoeverMeetsTheEndOfAQueueThatWasShutByOneWhoWasKilledSaysSo() throws Exception {
        MemoryQueue owner = create();
        owner.shutDown();
        Words.setRelease(header(), HeaderLayout.END, 0);
        assertThat(owner.mayBeDry()).isFalse();
        assertThat(owner.offer(item(1))).isEqualTo(MemoryQueue.Put.SHUT);
        assertThat(owner.mayBeDry()).isTrue();
        assertThat(owner.noticeShutdown()).as("it is said already").isFalse();
        Words.setRelease(header(), HeaderLayout.END, 0);
        assertThat(owner.noticeShutdown()).isTrue();
        assertThat(owner.mayBeDry()).isTrue();
    }

    @Test
    void theOwnersCloseEndsItForAllAndLeavesNoFile() throws Exception {
        MemoryQueue owner = create();
        MemoryQueue other = attach(2);
        other.offer(large(1));
        other.close();
        assertThat(owner.hasEnded()).isFalse();
        owner.close();
        assertThat(other.hasEnded()).isTrue();
        assertThat(other.offer(item(2))).isEqualTo(MemoryQueue.Put.ENDED);
        assertThat(files()).isEmpty();
        assertThatIOException().isThrownBy(() -> attach(3));
    }

    @Test
    void slotsOfTheDeadAreUsedAgainAndTooManyAreTold() throws Exception {
        MemoryQueue owner = MemoryQueue.create(
                directory, "q", new QueueOptions(bound, 128, 2, 0), OWNER, incarnation -> !dead.contains(incarnation));
        attach(2);
        assertThatIOException().isThrownBy(() -> attach(3)).withMessageContaining("2 processes use this queue");
        owner.offer(item(1));
        dead.add(2L);
        assertThat(take(attach(3))).isEqualTo(1);
    }

    @Test
    void anInterruptedThreadPutsAndTakesAndStaysInterrupted() throws Exception {
        MemoryQueue queue = create();
        Thread.currentThread().interrupt();
        try {
            for (int i = 0; i < 2 * Geometry.FIRST_CELLS; i++) {
                queue.offer(i % 500 == 0 ? large(i) : item(i));
            }
            for (int i = 0; i < 2 * Geometry.FIRST_CELLS; i++) {
                assertThat(take(queue)).isEqualTo(i);
            }
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aHeaderThatCannotBeIsRefused() throws Exception {
        create();
        MappedByteBuffer header = header();
        Words.setRelease(header, HeaderLayout.SEGMENT_BYTES, -3);
        refused("segments of -3 bytes");
        Words.setIntRelease(header, HeaderLayout.CELL_BYTES, 100);
        refused("cells of 100 bytes");
        Words.setRelease(header, HeaderLayout.SLOTS, 5);
        refused("5 slots");
        Words.setIntRelease(header, HeaderLayout.VERSION, 2);
        refused("version 2");
        Words.setRelease(header, HeaderLayout.MAGIC, 0);
        refused("is not the header of a queue");
        Files.write(directory.resolve("q"), new byte[10]);
        refused("10 bytes");
    }

    @Test
    void anItemThatCannotBeIsToldAndNotRead() throws Exception {
        MemoryQueue queue = create();
        queue.offer(item(1));
        MappedByteBuffer cells =
                MappedFile.open(directory.resolve("q.0"), Geometry.FIRST_CELLS * QueueOptions.DEFAULT_CELL_BYTES);
        Words.setRelease(cells, QueueOptions.DEFAULT_CELL_BYTES + CellLayout.ITEM_BYTES, -5);
        assertThatThrownBy(() -> queue.poll(false)).hasMessageContaining("an item of -5 bytes");
    }

    /** Of the oldest item that has one: cells of fresh memory are used in their order. */
    private Path itemFile() {
        return directory.resolve(files().stream()
                .filter(name -> name.contains(".x"))
                .sorted()
                .findFirst()
                .orElseThrow());
    }

    private MappedByteBuffer header() throws IOException {
        return MappedFile.open(directory.resolve("q"), (int) Files.size(directory.resolve("q")));
    }

    private void refused(String why) {
        assertThatIOException().isThrownBy(() -> attach(9)).withMessageContaining(why);
    }

    private MemoryQueue create() throws IOException {
        return MemoryQueue.create(
                directory,
                "q",
                QueueOptions.of(bound).withSegmentBytes(SEGMENT_BYTES),
                OWNER,
                incarnation -> !dead.contains(incarnation));
    }

    private MemoryQueue attach(long incarnation) throws IOException {
        return MemoryQueue.attach(directory, "q", incarnation, other -> !dead.contains(other));
    }

    private List<String> files() {
        String[] names = directory.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private static ByteBuffer item(int value) {
        return ByteBuffer.allocate(4).putInt(0, value);
    }

    private static ByteBuffer large(int value) {
        return ByteBuffer.allocate(LARGE_BYTES).putInt(0, value).putInt(LARGE_BYTES - 4, value);
    }

    private static int take(MemoryQueue queue) throws IOException {
        Taken taken = queue.poll(false);
        if (taken == null) {
            throw new AssertionError("the queue is empty");
        }
        int value = taken.bytes().getInt(0);
        taken.commit();
        return value;
    }
}
