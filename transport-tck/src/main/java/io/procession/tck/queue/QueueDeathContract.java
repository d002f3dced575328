package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.procession.process.Process;
import io.procession.queue.AbandonedItemsException;
import io.procession.queue.JoinableQueue;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Items between processes of which some are ended by {@code kill -9}, or stopped. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("ThreadPriorityCheck") // yields while another process works
public abstract class QueueDeathContract extends QueueSuite {
    /** More than are needed until enough consumers have been killed. */
    private static final int MOST_ITEMS = 50_000;

    /** For a test class of the transport. */
    protected QueueDeathContract() {}

    @Test
    @Tag("smoke")
    @DisplayName("Q32: what a consumer was given and had not taken when it was killed comes first to another")
    void killedBetweenDeliveryAndTake() throws Exception {
        try (Queue<Sticky> queue = queue();
                Queue<String> signals = queue();
                Process consumer = Process.start(QueueActions.stickTo(queue, signals))) {
            assertThat(signals.take()).isEqualTo("ready");
            queue.put(new Sticky(1));
            queue.put(new Sticky(2));
            while (queue.size() != 1) { // bounded by the watchdog
                Thread.yield();
            }
            consumer.kill();
            consumer.join();
            assertThat(queue.take()).isEqualTo(new Sticky(1));
            assertThat(queue.take()).isEqualTo(new Sticky(2));
            assertThat(signals.isEmpty()).isTrue();
        }
    }

    @Test
    @DisplayName(
            "Q32: what a consumer had taken when it was killed never comes again, although it acknowledged nothing")
    void killedAfterTake() throws Exception {
        try (Queue<Integer> queue = queue();
                Queue<Integer> taken = queue();
                Process consumer = Process.start(QueueActions.takeOneAndStay(queue, taken))) {
            queue.put(1);
            queue.put(2);
            assertThat(taken.take()).isEqualTo(1);
            consumer.kill();
            consumer.join();
            assertThat(queue.drain(5)).containsExactly(2);
        }
    }

    @RepeatedTest(3)
    @DisplayName("every put that returned arrives, in order, though its process was killed in the middle of a flood")
    void killedInAFlood(@TempDir Path directory) throws Exception {
        Path counter = Files.write(directory.resolve("counter"), new byte[Long.BYTES]);
        try (Queue<Integer> queue = queue();
                Process producer = Process.start(QueueActions.putNumbersAndCount(queue, counter))) {
            int next = 0;
            while (next < 20_000) {
                assertThat(queue.take()).isEqualTo(next++);
            }
            producer.kill();
            producer.join(); // what it had put is here by then
            for (int late : queue.drain(Integer.MAX_VALUE)) {
                assertThat(late).isEqualTo(next++);
            }
            long returned = ByteBuffer.wrap(Files.readAllBytes(counter))
                    .order(ByteOrder.nativeOrder())
                    .getLong();
            assertThat((long) next).isBetween(returned, returned + 1); // one may have been put that had not returned
        }
    }

    @Test
    @DisplayName("a producer killed in the middle of a large item: nobody sees a part of it, and its place is free")
    void producerKilledInTheMiddle() throws Exception {
        int bytes = 96 << 20;
        try (Queue<byte[]> queue = bounded(1);
                Queue<String> signals = queue();
                Process producer =
                        Process.builder().maxHeap("512m").start(QueueActions.putBytes(queue, bytes, signals))) {
            signals.take();
            while (queue.remainingCapacity() != 0) { // bounded by the watchdog
                Thread.yield();
            }
            producer.kill();
            producer.join();
            for (byte[] item : queue.drain(2)) {
                assertThat(item).isEqualTo(QueueActions.pattern(bytes)); // it was quicker than the signal
            }
            assertThat(queue.remainingCapacity()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("the owner is killed: who waits, and who comes later, is told which process it was")
    void ownerKilled() throws Exception {
        try (Queue<Queue<Integer>> handOver = queue();
                Process owner = Process.start(QueueActions.ownQueueAndStay(handOver))) {
            Queue<Integer> theirs = handOver.take();
            theirs.put(1);
            assertThat(theirs.take()).isEqualTo(1);
            Thread killer = new Thread(owner::kill);
            killer.start();
            assertThatThrownBy(theirs::take)
                    .isInstanceOfSatisfying(
                            QueueClosedException.class,
                            closed -> assertThat(closed.reason()).isEqualTo(QueueClosedException.Reason.OWNER_ENDED))
                    .hasMessageContaining("(pid " + owner.pid() + ")");
            killer.join();
            assertThatThrownBy(() -> theirs.put(2)).isInstanceOf(QueueClosedException.class);
        }
    }

    @Test
    @DisplayName(
            "a stopped consumer holds no more than it asked for, hinders nobody, and gives it back when it is killed")
    void stoppedConsumer() throws Exception {
        try (Queue<Integer> queue = queue();
                Queue<Integer> moved = queue();
                Process stopped = Process.start(QueueActions.move(queue, moved, 1_000_000))) {
            queue.put(-1);
            assertThat(moved.take()).isEqualTo(-1);
            Signal.send("STOP", stopped.pid());
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                queue.put(i);
                expected.add(i);
            }
            assertThat(queue.size()).isGreaterThanOrEqualTo(1999);
            List<Integer> taken = new ArrayList<>(queue.drain(1500));
            stopped.kill();
            stopped.join();
            taken.addAll(moved.drain(10));
            taken.addAll(queue.drain(2000));
            assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    @DisplayName(
            "joinable: consumers are killed one after the other; join returns, and what it says was left undone fits what they did")
    void joinableUnderFire(@TempDir Path directory) throws Exception {
        assumeThat(isShared()).as("joinable queues are hosted in any case").isFalse();
        int kills = 3;
        List<Process> consumers = new ArrayList<>();
        List<DoneLedger> ledgers = new ArrayList<>();
        long abandoned = 0;
        try (JoinableQueue<Integer> queue = joinable()) {
            for (int i = 0; i <= kills; i++) {
                Path file = directory.resolve("ledger-" + i);
                ledgers.add(DoneLedger.create(file, MOST_ITEMS));
                consumers.add(Process.builder()
                        .jvmArgs("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") // they will not live long
                        .start(QueueActions.finish(queue, file)));
            }
            List<Process> survivors = new ArrayList<>(consumers);
            int put = 0;
            for (int killed = 0; killed < kills; killed++) {
                int[] before = ledgers.stream().mapToInt(DoneLedger::doneInAll).toArray();
                int victim = -1;
                while (victim < 0) { // bounded by the watchdog
                    if (put - doneInAll(ledgers) < 100) {
                        queue.putAll(IntStream.range(put, put + 6).boxed().collect(Collectors.toList()));
                        put += 6;
                    }
                    for (int i = 0; i < consumers.size(); i++) {
                        victim = ledgers.get(i).doneInAll() - before[i] >= 100 ? i : victim;
                    }
                }
                consumers.get(victim).kill();
                survivors.remove(consumers.get(victim));
            }
            queue.shutdown();
            for (boolean joined = false; !joined; ) {
                try {
                    queue.join();
                    joined = true;
                } catch (AbandonedItemsException told) {
                    abandoned += told.count();
                }
            }
            for (Process survivor : survivors) {
                survivor.join();
                assertThat(survivor.exitCode()).hasValue(0);
            }
            long done = doneInAll(ledgers);
            for (int i = 0; i < put; i++) {
                int item = i;
                assertThat(ledgers.stream()
                                .mapToInt(ledger -> ledger.timesTaken(item))
                                .sum())
                        .as("takes of item %d", item)
                        .isLessThanOrEqualTo(1);
            }
            // Who was killed had one item in its hands at most, and it may have finished it without having noted so.
            assertThat(abandoned).isBetween(0L, (long) kills);
            assertThat(put - done - abandoned).as("neither done nor abandoned").isBetween(0L, (long) kills);
        } finally {
            consumers.forEach(Process::kill);
        }
    }

    private static int doneInAll(List<DoneLedger> ledgers) {
        return ledgers.stream().mapToInt(DoneLedger::doneInAll).sum();
    }
}
