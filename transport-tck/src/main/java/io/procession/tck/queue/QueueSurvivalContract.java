package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.pool.Pool;
import io.procession.process.Process;
import io.procession.process.Stdio;
import io.procession.queue.JoinableQueue;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.tck.process.ClassPathWithout;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queues among processes that are stopped, slow, or short of memory, and how a queue gets around. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
public abstract class QueueSurvivalContract extends QueueSuite {
    private static final Duration SHORT = Duration.ofMillis(1);

    /** What only a JVM finds out, so that nobody else can tell what a class path with it offers. */
    private static final String PATTERN = Path.of("nothing", "*").toString();

    private static final int MEBIBYTE = 1 << 20;

    /** For a test class of the transport. */
    protected QueueSurvivalContract() {}

    @Test
    @DisplayName("a queue that is an argument or a result arrives as the same queue")
    void argumentsAndResults() throws Exception {
        try (Queue<Integer> queue = queue();
                Pool pool = Pool.builder().workers(1).transport(transport()).build()) {
            List<Queue<Integer>> results = pool.map(
                    (Queue<Integer> argument) -> {
                        argument.put(argument.size());
                        return argument;
                    },
                    List.of(queue, queue));
            assertThat(results).allMatch(result -> result == queue);
            // The answers of the tasks came another way than the items.
            assertThat(List.of(queue.take(), queue.take())).containsExactly(0, 1);
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @Test
    @DisplayName(
            "fair among consumers: processes that wait are served in the order in which they came, or, in shared memory, each of them")
    void waitingProcessesAreServedInOrder() throws Exception {
        try (Queue<Integer> queue = queue();
                Queue<Integer> ready = queue();
                Queue<List<Integer>> taken = queue()) {
            List<Process> consumers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                consumers.add(Process.start(() -> {
                    CompletableFuture<Integer> item = queue.takeAsync();
                    ready.put(number); // on the same way as the request, so it comes after it
                    taken.put(List.of(number, item.get()));
                }));
                assertThat(ready.take()).isEqualTo(number); // before the next one comes
            }
            queue.putAll(List.of(0, 1, 2));
            List<Integer> served = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<Integer> what = taken.take();
                served.add(what.get(0));
                if (!isShared()) {
                    assertThat(what.get(1)).isEqualTo(what.get(0));
                }
            }
            assertThat(served).containsExactlyInAnyOrder(0, 1, 2);
            for (Process consumer : consumers) {
                consumer.join();
            }
        }
    }

    @Test
    @DisplayName("a stopped producer hinders neither puts, takes nor a shutdown, whose end is told when it has died")
    void stoppedProducer() throws Exception {
        try (Queue<Integer> queue = bounded(100);
                Process producer = Process.start(QueueActions.putNumbers(queue, 0, Integer.MAX_VALUE))) {
            assertThat(queue.take()).isZero();
            Signal.send("STOP", producer.pid());
            int next = 1;
            for (List<Integer> some = queue.drain(1000); !some.isEmpty(); some = queue.drain(1000)) {
                assertThat(some.get(0)).isEqualTo(next);
                next += some.size();
            }
            queue.put(-1);
            queue.shutdown();
            int item = queue.take(); // what the producer had sent before it stopped may still have been on its way
            for (; item != -1; item = queue.take()) {
                assertThat(item).isEqualTo(next++);
            }
            producer.kill();
            for (int late : queue.stream().toList()) {
                assertThat(late).isEqualTo(next++);
            }
        }
    }

    @Test
    @DisplayName(
            "a stopped owner: who waits for a limited time, or is interrupted, returns; when it goes on nothing is lost or twice")
    void stoppedOwner() throws Exception {
        try (Queue<JoinableQueue<Integer>> handOver = queue();
                Process owner = Process.start(() -> {
                    JoinableQueue<Integer> mine =
                            Queue.<Integer>builder().capacity(4).createJoinable();
                    handOver.put(mine);
                    QueueActions.stay();
                })) {
            JoinableQueue<Integer> theirs = handOver.take();
            theirs.put(1);
            Signal.send("STOP", owner.pid());
            int offered = 0;
            for (int i = 0; i < 300; i++) {
                assertThat(theirs.join(SHORT)).isFalse();
                offered += theirs.offer(2, SHORT) ? 1 : 0;
            }
            Integer polled = theirs.poll(SHORT);
            Thread.currentThread().interrupt();
            assertThatThrownBy(theirs::take).isInstanceOf(InterruptedException.class);
            Signal.send("CONT", owner.pid());
            List<Integer> rest = new ArrayList<>(theirs.drain(10));
            if (polled != null) {
                rest.add(0, polled);
            }
            assertThat(rest).hasSize(1 + offered).startsWith(1);
            assertThat(theirs.remainingCapacity()).isEqualTo(4);
            theirs.taskDone(1 + offered);
            theirs.join();
            owner.kill();
        }
    }

    @Test
    @DisplayName(
            "a slow consumer: the memory of the owner is bounded by the bound of the queue, whoever puts, however much")
    void slowConsumer() throws Exception {
        int each = 60;
        try (Queue<Queue<byte[]>> handOver = queue();
                Process owner = Process.builder().maxHeap("48m").start(() -> {
                    Queue<byte[]> mine = Queue.bounded(4);
                    handOver.put(mine);
                    QueueActions.stay();
                })) {
            Queue<byte[]> theirs = handOver.take();
            List<Process> producers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                producers.add(Process.start(() -> {
                    for (int item = 0; item < each; item++) {
                        theirs.put(new byte[MEBIBYTE]);
                    }
                }));
            }
            for (int i = 0; i < 2 * each; i++) {
                assertThat(theirs.take()).hasSize(MEBIBYTE);
            }
            for (Process producer : producers) {
                producer.join();
                assertThat(producer.exitCode()).hasValue(0);
            }
            owner.kill();
        }
    }

    @Test
    @DisplayName(
            "an owner without memory for more: who puts is told, nobody hangs, and what was put before is not lost to others; in shared memory the owner's does not matter")
    void ownerOutOfMemory() throws Exception {
        boolean shared = isShared();
        try (Queue<Queue<byte[]>> handOver = queue();
                Queue<Integer> put = queue();
                Process owner = Process.builder().maxHeap("48m").start(() -> {
                    Queue<byte[]> mine = Queue.create();
                    handOver.put(mine);
                    handOver.put(mine);
                    QueueActions.stay();
                })) {
            Queue<byte[]> theirs = handOver.take();
            assertThat(theirs.isEmpty()).isTrue();
            Process flood = Process.start(() -> {
                Queue<byte[]> queue = handOver.take();
                int returned = 0;
                try {
                    while (!shared || returned < 100) {
                        queue.put(new byte[MEBIBYTE]);
                        returned++;
                    }
                } catch (QueueClosedException told) {
                    // as it should be
                }
                put.put(returned);
            });
            int returned = put.take();
            flood.join();
            assertThat(returned).isPositive();
            try {
                int taken = 0;
                for (List<byte[]> some = theirs.drain(1); !some.isEmpty(); some = theirs.drain(1)) {
                    taken++;
                }
                // What was written to a host and not read when the memory ended is lost with the link.
                assertThat(taken).isBetween(shared ? returned : 1, shared ? returned : returned + 1);
                theirs.put(new byte[1]);
                assertThat(theirs.take()).hasSize(1);
            } catch (QueueClosedException told) {
                // The memory was too short for this connection as well, and it was told so.
                assertThat(told.reason())
                        .isIn(QueueClosedException.Reason.LINK_BROKEN, QueueClosedException.Reason.OWNER_ENDED);
            }
            owner.kill();
        }
    }

    @Test
    @DisplayName(
            "a queue is not sent to a process that will lack the transport, and both are named; for all others the queue is as it was")
    void isNotSentToWhoLacksTheTransport() throws Exception {
        try (Queue<Integer> queue = queue()) {
            queue.put(1);
            Process.Builder lacking =
                    Process.builder().name("deprived").jvmArgs("-cp", ClassPathWithout.transport(transport()));
            assertThatThrownBy(() -> lacking.start(QueueActions.putNumbers(queue, 2, 3)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(
                            "is reached by the transport '" + transport() + "', which process deprived does not have");
            Process.start(QueueActions.putNumbers(queue, 3, 4)).join();
            assertThat(queue.drain(5)).containsExactly(1, 3);
        }
    }

    @Test
    @DisplayName(
            "a process of which nobody could know that it lacks the transport is told so by name; for all others the queue is as it was")
    void withoutTheTransport() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (Queue<Integer> queue = queue()) {
            queue.put(1);
            Process lacking = Process.builder()
                    .jvmArgs("-cp", ClassPathWithout.transport(transport()) + File.pathSeparator + PATTERN)
                    .stderr(Stdio.lines(said::add))
                    .start(QueueActions.putNumbers(queue, 2, 3));
            lacking.join();
            assertThat(lacking.exitCode()).hasValue(1);
            assertThat(String.join("\n", said)).contains("the transport '" + transport() + "' cannot be used");
            Process.start(QueueActions.putNumbers(queue, 3, 4)).join();
            assertThat(queue.drain(5)).containsExactly(1, 3);
        }
    }
}
