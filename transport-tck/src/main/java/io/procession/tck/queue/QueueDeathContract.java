package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.process.Process;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Items between processes of which some are ended by {@code kill -9}, or stopped. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("ThreadPriorityCheck") // yields while another process works
public abstract class QueueDeathContract {
    /** For a test class of the transport. */
    protected QueueDeathContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private <T> Queue<T> queue() {
        return Queue.<T>builder().transport(transport()).create();
    }

    private <T> Queue<T> bounded(int capacity) {
        return Queue.<T>builder().transport(transport()).capacity(capacity).create();
    }

    @Test
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
            signal("-STOP", stopped.pid());
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
            "torture: producers and consumers are killed at random moments and replaced; no item comes twice, none is lost but those a killed consumer had taken")
    void torture() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the torture: " + seed);
        Random random = new Random(seed);
        int kills = 14;
        int killedConsumers = 0;
        Map<Long, Long> counts = new HashMap<>();
        Map<Long, Long> highest = new HashMap<>();
        Set<List<Long>> seen = new HashSet<>();
        try (Queue<long[]> queue = bounded(50);
                Queue<long[]> moved = bounded(50)) {
            List<Process> producers = new ArrayList<>();
            List<Process> consumers = new ArrayList<>();
            long nextProducer = 0;
            try {
                for (int i = 0; i < 2; i++) {
                    producers.add(Process.start(QueueActions.produceForEver(queue, nextProducer++)));
                    consumers.add(Process.start(QueueActions.moveForEver(queue, moved)));
                }
                for (int kill = 0; kill < kills; kill++) {
                    int items = 50 + random.nextInt(400);
                    for (int i = 0; i < items; i++) {
                        note(moved.take(), seen, counts, highest);
                    }
                    if (random.nextBoolean()) {
                        kill(producers, random);
                        producers.add(Process.start(QueueActions.produceForEver(queue, nextProducer++)));
                    } else {
                        killedConsumers++;
                        kill(consumers, random);
                        consumers.add(Process.start(QueueActions.moveForEver(queue, moved)));
                    }
                }
                for (Process producer : producers) {
                    producer.kill();
                    producer.join();
                }
                while (!queue.isEmpty()) {
                    note(moved.take(), seen, counts, highest);
                }
            } finally {
                for (Process process : producers) {
                    process.close();
                }
                for (Process process : consumers) {
                    process.close();
                    killedConsumers++;
                }
            }
            for (List<long[]> rest = drain(queue, moved); !rest.isEmpty(); rest = drain(queue, moved)) {
                for (long[] item : rest) {
                    note(item, seen, counts, highest);
                }
            }
        }
        long missing = 0;
        for (Map.Entry<Long, Long> producer : highest.entrySet()) {
            missing += producer.getValue() + 1 - counts.getOrDefault(producer.getKey(), 0L);
        }
        // Between its take and its put a consumer has one item in its own hands.
        assertThat(missing).isBetween(0L, (long) killedConsumers);
    }

    private static List<long[]> drain(Queue<long[]> one, Queue<long[]> other) throws InterruptedException {
        List<long[]> all = new ArrayList<>(one.drain(100));
        all.addAll(other.drain(100));
        return all;
    }

    private static void note(long[] item, Set<List<Long>> seen, Map<Long, Long> counts, Map<Long, Long> highest) {
        assertThat(seen.add(List.of(item[0], item[1])))
                .as("item %d of producer %d", item[1], item[0])
                .isTrue();
        counts.merge(item[0], 1L, Long::sum);
        highest.merge(item[0], item[1], Math::max);
    }

    private static void kill(List<Process> from, Random random) throws InterruptedException {
        Process victim = from.remove(random.nextInt(from.size()));
        victim.kill();
        victim.join();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", name, Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
