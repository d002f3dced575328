package io.procession.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.process.Process;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.queue.QueuePlacement;
import io.procession.task.Action;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queues in shared memory, which is where they lie unless somebody says otherwise, of which a participant is stopped: nobody who does not need it waits for it. And what is left of them in the end. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
class ShmSharedQueueStopTest {
    private static final int ITEMS = 2000;

    /** With a file of its own, as it is too large for a segment. */
    private static final int VERY_LARGE_BYTES = 5 << 20;

    @AfterEach
    void forget() {
        System.clearProperty("procession.queue.placement");
        System.clearProperty("procession.shm.mkfifo");
    }

    @Test
    @DisplayName(
            "the owner is stopped: others put, take and wake each other, who comes later too; when it dies all are told")
    void ownerStopped() throws Exception {
        try (Queue<List<Queue<Integer>>> handOver = Queue.create();
                Process owner = Process.start(() -> {
                    handOver.put(List.of(Queue.bounded(10), Queue.create(), Queue.create(), Queue.create()));
                    stay();
                })) {
            List<Queue<Integer>> theirs = handOver.take();
            Queue<Integer> there = theirs.get(0);
            Queue<Integer> back = theirs.get(1);
            Queue<Integer> forLate = theirs.get(2);
            Queue<Integer> silent = theirs.get(3);
            assertThat(there.placement()).isEqualTo(QueuePlacement.SHARED);
            there.put(-1);
            try (Process early = Process.start(move(there, back))) {
                assertThat(back.take()).isEqualTo(-1);
                Signal.send("STOP", owner.pid());
                exchange(there, back);
                try (Process late = Process.start(() -> {
                    back.put(forLate.take());
                    assertThatThrownBy(silent::take).isInstanceOf(QueueClosedException.class);
                })) {
                    Signal.send("STOP", early.pid());
                    forLate.put(7);
                    assertThat(back.take()).isEqualTo(7);
                    Signal.send("CONT", early.pid());
                    exchange(there, back);
                    owner.kill();
                    owner.join();
                    assertThatThrownBy(back::take)
                            .isInstanceOfSatisfying(
                                    QueueClosedException.class,
                                    ended -> assertThat(ended.reason())
                                            .isEqualTo(QueueClosedException.Reason.OWNER_ENDED));
                    late.join();
                    assertThat(late.exitCode()).hasValue(0);
                }
                early.join();
            }
        }
    }

    @Test
    @DisplayName("a consumer that is stopped among others keeps one item at most, and gives it back when it is killed")
    void consumerStopped() throws Exception {
        try (Queue<Integer> queue = Queue.bounded(50);
                Queue<Integer> results = Queue.create();
                Process one = Process.start(move(queue, results));
                Process other = Process.start(move(queue, results))) {
            exchange(queue, results);
            Signal.send("STOP", one.pid());
            List<Integer> got = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) {
                queue.put(i);
                got.addAll(results.drain(ITEMS));
            }
            while (got.size() < ITEMS - 1) { // all but what the stopped one may have in its hands
                got.add(results.take());
            }
            one.kill();
            while (got.size() < ITEMS) {
                got.add(results.take());
            }
            assertThat(got).doesNotHaveDuplicates();
            assertThat(other.isAlive()).isTrue();
        }
    }

    @Test
    @DisplayName(
            "whether an owner closes its queues, exits or is killed: nothing is left of them, large items and sleepers included")
    void nothingIsLeft() throws Exception {
        Path place;
        try (Queue<byte[]> mine = Queue.create();
                Queue<List<Queue<byte[]>>> handOver = Queue.create();
                Queue<String> until = Queue.create()) {
            place = placeOf(mine);
            mine.put(new byte[100_000]);
            for (boolean killed : new boolean[] {false, true}) {
                try (Process owner = Process.start(() -> {
                    Queue<byte[]> theirs = Queue.create();
                    theirs.put(new byte[100_000]);
                    handOver.put(List.of(theirs));
                    until.take();
                })) {
                    Queue<byte[]> theirs = handOver.take().get(0);
                    assertThat(theirs.take()).hasSize(100_000);
                    theirs.put(new byte[100_000]);
                    if (killed) {
                        owner.kill();
                    } else {
                        until.put("exit");
                    }
                    owner.join();
                    assertThatThrownBy(theirs::take).isInstanceOf(QueueClosedException.class);
                }
            }
        }
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("-q"));
        } catch (java.nio.file.NoSuchFileException gone) {
            // with all that was in it
        }
    }

    @Test
    @DisplayName("a large item whose file somebody deletes is told once, and what was put behind it can be taken")
    void lostItem() throws Exception {
        try (Queue<byte[]> queue = Queue.create()) {
            queue.put(new byte[VERY_LARGE_BYTES]);
            queue.put(new byte[VERY_LARGE_BYTES + 1]);
            queue.put(new byte[1]);
            deleteLargeItems(placeOf(queue));
            assertThatThrownBy(() -> queue.drain(10))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("is lost");
            assertThatThrownBy(queue::take)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("is lost");
            assertThat(queue.drain(10)).singleElement().isEqualTo(new byte[1]);
        }
    }

    @Test
    @DisplayName("without mkfifo the queue is hosted; who insists is told why it cannot be shared")
    void withoutInboxes() throws Exception {
        System.setProperty("procession.shm.mkfifo", "/nowhere/mkfifo");
        try (Queue<Integer> queue = Queue.create()) {
            assertThat(queue.placement()).isEqualTo(QueuePlacement.HOSTED);
            queue.put(1);
            assertThat(queue.take()).isEqualTo(1);
        }
        assertThatThrownBy(
                        () -> Queue.builder().placement(QueuePlacement.SHARED).create())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/nowhere/mkfifo");
        assertThatThrownBy(
                        () -> Queue.builder().placement(QueuePlacement.SHARED).createJoinable())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("joinable");
    }

    @Test
    @DisplayName(
            "the system property places all queues that do not say where, and is refused with its values if it is none of them")
    void placedByProperty() {
        System.setProperty("procession.queue.placement", "hosted");
        try (Queue<Integer> asAll = Queue.create();
                Queue<Integer> asSaid = Queue.<Integer>builder()
                        .placement(QueuePlacement.SHARED)
                        .create()) {
            assertThat(asAll.placement()).isEqualTo(QueuePlacement.HOSTED);
            assertThat(asSaid.placement()).isEqualTo(QueuePlacement.SHARED);
        }
        System.setProperty("procession.queue.placement", "somewhere");
        assertThatThrownBy(Queue::create)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("procession.queue.placement", "shared or hosted", "'somewhere'");
    }

    private static void exchange(Queue<Integer> there, Queue<Integer> back) throws InterruptedException {
        List<Integer> expected = new ArrayList<>();
        List<Integer> got = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            there.put(i);
            expected.add(i);
            got.addAll(back.drain(ITEMS));
        }
        while (got.size() < ITEMS) {
            got.add(back.take());
        }
        assertThat(got).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Action move(Queue<Integer> from, Queue<Integer> to) {
        return () -> {
            try {
                while (true) {
                    to.put(from.take());
                }
            } catch (QueueClosedException ended) {
                // as it should be
            }
        };
    }

    private static void stay() {
        while (true) {
            LockSupport.park();
        }
    }

    /** Where the memory of a queue of this process lies, as its text on the way to others would lead there. */
    private static Path placeOf(Queue<?> queue) throws IOException {
        assertThat(queue.placement()).isEqualTo(QueuePlacement.SHARED);
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            String mapped = maps.filter(line -> line.contains("-q"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no memory of a queue is mapped"));
            return Path.of(mapped.substring(mapped.indexOf('/'))).getParent();
        }
    }

    private static void deleteLargeItems(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.filter(path -> path.getFileName().toString().contains(".x"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
