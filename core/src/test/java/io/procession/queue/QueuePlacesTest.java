package io.procession.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Places of a bounded queue that a process got before it had items for them, between processes that are simulated in this JVM. */
@Timeout(120)
class QueuePlacesTest {
    private static final int CAPACITY = 64;

    /** What becomes of the process that has such places. */
    enum Fate {
        IDLE,
        CLOSES_THE_QUEUE,
        DIES
    }

    @TempDir
    Path directory;

    private QueueProcess owner;
    private QueueProcess first;
    private QueueProcess second;

    @BeforeEach
    void start() {
        owner = new QueueProcess("owner", directory);
        first = new QueueProcess("first", directory);
        second = new QueueProcess("second", directory);
    }

    @AfterEach
    void end() {
        second.close();
        first.close();
        owner.close();
    }

    @ParameterizedTest
    @EnumSource
    void comeToOthersWhoNeedThem(Fate fate) throws Exception {
        Queue<Integer> queue = owner.bounded(CAPACITY);
        Queue<Integer> there = first.receive(queue);
        there.put(0); // and gets some more for what may follow
        assertThat(queue.remainingCapacity()).isEqualTo(CAPACITY - 1);
        switch (fate) {
            case IDLE -> {}
            case CLOSES_THE_QUEUE -> there.close();
            case DIES -> first.kill();
        }
        Queue<Integer> elsewhere = second.receive(queue);
        for (int i = 1; i < CAPACITY; i++) {
            elsewhere.put(i);
        }
        assertThat(elsewhere.offer(CAPACITY)).isFalse();
        assertThat(queue.offer(CAPACITY)).isFalse();
        assertThat(queue.remainingCapacity()).isZero();
        assertThat(queue.drain(2 * CAPACITY))
                .isEqualTo(IntStream.range(0, CAPACITY).boxed().toList());
    }

    @Test
    void doNotMakeAnOfferFailWhileThereIsRoom() throws Exception {
        Queue<Integer> queue = owner.bounded(CAPACITY);
        Queue<Integer> there = first.receive(queue);
        Queue<Integer> elsewhere = second.receive(queue);
        for (int round = 0; round < 50; round++) {
            assertThat(there.offer(0)).isTrue();
            assertThat(elsewhere.offer(1)).isTrue();
            for (int i = 2; i < CAPACITY; i++) {
                assertThat((i % 3 == 0 ? there : i % 3 == 1 ? elsewhere : queue).offer(i))
                        .as("item %d of round %d", i, round)
                        .isTrue();
            }
            for (Queue<Integer> each : List.of(there, elsewhere, queue)) {
                assertThat(each.offer(CAPACITY)).isFalse();
            }
            assertThat(queue.drain(2 * CAPACITY)).hasSize(CAPACITY);
        }
    }

    @Test
    void ofAStoppedProcessAreWaitedForOnce() throws Exception {
        Queue<Integer> queue = owner.bounded(CAPACITY);
        first.receive(queue).put(0); // and gets some more for what may follow
        first.process.transport.stallAfter(0);
        Queue<Integer> elsewhere = second.receive(queue);
        while (queue.offer(1)) {
            assertThat(queue.remainingCapacity()).isPositive();
        }
        for (int i = 0; i < 10_000; i++) { // if each waited, longer than this test may take
            assertThat(queue.offer(2)).isFalse();
            assertThat(elsewhere.offer(2)).isFalse();
        }
        first.kill();
        Eventually.holds("there is room again", () -> offers(elsewhere));
    }

    private static boolean offers(Queue<Integer> queue) {
        try {
            return queue.offer(3);
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    @Test
    void doNotExceedTheBoundHoweverManyPut() throws Exception {
        int each = 3000;
        Queue<Integer> queue = owner.bounded(CAPACITY);
        AtomicInteger open = new AtomicInteger(4);
        CountDownLatch full = new CountDownLatch(1);
        for (Queue<Integer> view : List.of(first.receive(queue), second.receive(queue))) {
            for (int thread = 0; thread < 2; thread++) {
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                full.countDown();
                                for (int i = 0; i < each; i++) {
                                    view.put(i);
                                }
                                open.decrementAndGet();
                            } catch (InterruptedException interrupt) {
                                throw new IllegalStateException(interrupt);
                            }
                        },
                        command -> new Thread(command).start());
            }
        }
        full.await();
        int taken = 0;
        while (taken < 4 * each) {
            assertThat(queue.size()).isLessThanOrEqualTo(CAPACITY);
            queue.take();
            taken++;
        }
        assertThat(queue.poll()).isNull();
        assertThat(queue.remainingCapacity()).isEqualTo(CAPACITY);
    }
}
