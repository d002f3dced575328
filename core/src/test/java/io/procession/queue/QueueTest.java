package io.procession.queue;

import static io.procession.queue.Calls.async;
import static io.procession.queue.Calls.failure;
import static io.procession.queue.Calls.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.procession.codec.SerializationException;
import io.procession.internal.codec.Portable;
import io.procession.transport.testing.InMemoryTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queues between processes that are simulated in this JVM. */
@Timeout(120)
class QueueTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(30);

    /** From where a queue is used. */
    enum From {
        OWNER,
        OTHER
    }

    @TempDir
    Path directory;

    private QueueProcess owner;
    private QueueProcess other;

    @BeforeEach
    void start() {
        owner = new QueueProcess("owner", directory);
        other = new QueueProcess("other", directory);
    }

    @AfterEach
    void end() {
        other.close();
        owner.close();
    }

    private <T> Queue<T> seen(From from, Queue<T> queue) {
        return from == From.OWNER ? queue : other.receive(queue);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Q01 a bounded queue fills up: size, room, empty")
    void fills(From from) throws Exception {
        Queue<Integer> queue = seen(from, owner.bounded(6));
        assertThat(queue.isEmpty()).isTrue();
        queue.put(1);
        assertThat(queue.offer(2)).isTrue();
        assertThat(queue.offer(3, LONG)).isTrue();
        queue.put(4);
        queue.put(5);
        queue.put(6);
        assertThat(queue.size()).isEqualTo(6);
        assertThat(queue.remainingCapacity()).isZero();
        assertThat(queue.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "Q02 a full queue refuses at once without a timeout, with zero and with a negative one, and after a positive one")
    void refuses(From from) throws Exception {
        Queue<Integer> queue = seen(from, owner.bounded(1));
        queue.put(1);
        assertThat(queue.offer(2)).isFalse();
        assertThat(queue.offer(2, Duration.ZERO)).isFalse();
        assertThat(queue.offer(2, Duration.ofSeconds(-1))).isFalse();
        long before = System.nanoTime();
        assertThat(queue.offer(2, Duration.ofMillis(60))).isFalse();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(60_000_000);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("Q03 Q04 what another process takes comes in order and makes room")
    void takenElsewhere() throws Exception {
        Queue<Integer> queue = owner.bounded(6);
        for (int i = 1; i <= 6; i++) {
            queue.put(i);
        }
        Queue<Integer> there = other.receive(queue);
        assertThat(there.take()).isEqualTo(1);
        assertThat(there.poll()).isEqualTo(2);
        assertThat(there.poll(LONG)).isEqualTo(3);
        assertThat(there.drain(10)).containsExactly(4, 5, 6);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.remainingCapacity()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "Q05 Q06 an empty queue gives nothing at once without a timeout, with zero and with a negative one, and after a positive one")
    void nothing(From from) throws Exception {
        Queue<Integer> queue = seen(from, owner.create());
        assertThat(queue.poll()).isNull();
        assertThat(queue.poll(Duration.ZERO)).isNull();
        assertThat(queue.poll(Duration.ofSeconds(-1))).isNull();
        assertThat(queue.drain(3)).isEmpty();
        long before = System.nanoTime();
        assertThat(queue.poll(Duration.ofMillis(60))).isNull();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(60_000_000);
    }

    @Test
    @DisplayName("Q07 Q08 items of two processes keep the order of each, and the size counts them")
    void twoProducers() throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> there = other.receive(queue);
        for (int i = 0; i < 10; i++) {
            queue.put(i);
        }
        for (int i = 10; i < 20; i++) {
            there.put(i);
            // The put returned: the item is on its way, and its own process sees it counted.
            assertThat(there.size()).isEqualTo(i + 1);
        }
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            taken.add(queue.take());
        }
        assertThat(taken).isSorted();
        assertThat(queue.poll()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Q12 an item that cannot be encoded fails its put alone, and takes no room")
    void unserialisable(From from) throws Exception {
        Queue<Object> queue = seen(from, owner.bounded(1));
        assertThatThrownBy(() -> queue.put(new Thread("cannot travel"))).isInstanceOf(SerializationException.class);
        queue.put("next");
        assertThat(queue.take()).isEqualTo("next");
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.remainingCapacity()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Q14 Q15 Q17 Q18 a closed queue says so to every use, and closes twice")
    void closed(From from) throws Exception {
        Queue<Integer> queue = seen(from, owner.create());
        queue.put(1);
        queue.close();
        queue.close();
        assertThat(queue.isClosed()).isTrue();
        assertThatThrownBy(() -> queue.put(2))
                .isInstanceOf(QueueClosedException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> queue.offer(2)).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(() -> queue.offer(2, LONG)).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(queue::take).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(queue::poll).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(() -> queue.poll(LONG)).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(() -> queue.drain(1)).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(queue::size).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(queue::isEmpty).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(queue::remainingCapacity).isInstanceOf(QueueClosedException.class);
        assertThatThrownBy(() -> ((Portable) queue).handle()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("Q14 an unused queue closes without a sound")
    void closedUnused() {
        Queue<Integer> queue = owner.create();
        queue.close();
        assertThat(queue.isClosed()).isTrue();
    }

    @Test
    @DisplayName("Q31 null is an item, and told from nothing")
    void nulls() throws Exception {
        Queue<String> queue = owner.create();
        Queue<String> there = other.receive(queue);
        there.put(null);
        await().until(() -> queue.size() == 1); // the order holds for each producer, not between two
        queue.put("a");
        there.put(null);
        await().until(() -> queue.size() == 3);
        assertThat(there.drain(1)).isEqualTo(Collections.singletonList(null));
        assertThat(there.drain(5)).isEqualTo(Arrays.asList("a", null));
        assertThat(there.drain(1)).isEmpty();
        queue.put(null);
        assertThat(there.take()).isNull();
    }

    @Test
    void theQueueOfAHandleIsTheQueueItselfInItsOwnersProcessAndOneInEachOther() {
        Queue<String> queue = owner.create();
        assertThat(owner.receive(queue)).isSameAs(queue);
        Queue<String> there = other.receive(queue);
        assertThat(other.receive(queue)).isSameAs(there);
        assertThat(owner.receive(there)).isSameAs(queue);
    }

    @Test
    void aHandleThatComesBackAfterTheOwnerClosedGivesAClosedQueue() {
        Queue<String> queue = owner.create();
        Queue<String> there = other.receive(queue);
        queue.close();
        Queue<String> back = owner.receive(there);
        assertThat(back.isClosed()).isTrue();
        assertThatThrownBy(back::take).isInstanceOf(QueueClosedException.class);
    }

    @Test
    @DisplayName("Q29 a process hands on the queue it received; the third reaches the owner directly")
    void handedOn() throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> there = other.receive(queue);
        try (QueueProcess third = new QueueProcess("third", directory)) {
            Queue<Integer> further = third.receive(there);
            there.put(1);
            other.close();
            further.put(2);
            assertThat(Set.of(queue.take(), queue.take())).containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    void theOwnersCloseIsToldToAllWhoWaitOrCome() throws Exception {
        Queue<Integer> queue = owner.bounded(1);
        Queue<Integer> there = other.receive(queue);
        Queue<Integer> empty = owner.create();
        Queue<Integer> emptyThere = other.receive(empty);
        queue.put(1);
        assertThat(there.size()).isEqualTo(1); // who comes unconnected after the close is told something else
        assertThat(emptyThere.isEmpty()).isTrue();
        List<CompletableFuture<?>> waiting = List.of(
                async(() -> {
                    there.put(2);
                    return 0;
                }),
                async(() -> {
                    queue.put(2);
                    return 0;
                }),
                async(emptyThere::take),
                async(empty::take),
                async(() -> emptyThere.poll(LONG)));
        await().pollDelay(SHORT).until(() -> waiting.stream().noneMatch(CompletableFuture::isDone));
        queue.close();
        empty.close();
        for (CompletableFuture<?> future : waiting) {
            assertThat(failure(future))
                    .isInstanceOfSatisfying(
                            QueueClosedException.class,
                            closed ->
                                    assertThat(closed.reason()).isEqualTo(QueueClosedException.Reason.CLOSED_BY_OWNER))
                    .hasMessage("the queue was closed by its owner");
        }
        assertThat(emptyThere.isClosed()).isTrue();
    }

    @Test
    void whoComesAfterTheOwnersCloseIsTold() throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> there = other.receive(queue);
        Queue<Integer> second = owner.create();
        Queue<Integer> secondThere = other.receive(second);
        queue.close();
        secondThere.put(1);
        second.close();
        assertThatThrownBy(there::take)
                .isInstanceOf(QueueClosedException.class)
                .hasMessage("the queue was closed by its owner");
        try (QueueProcess third = new QueueProcess("third", directory)) {
            Queue<Integer> open = owner.create();
            Queue<Integer> unconnected = third.receive(open);
            open.close();
            assertThatThrownBy(unconnected::take)
                    .isInstanceOf(QueueClosedException.class)
                    .hasMessageContaining("most likely closed");
        }
    }

    @Test
    void theOwnersDeathIsToldToAllWhoWaitOrCome() throws Exception {
        Queue<Integer> queue = owner.bounded(1);
        Queue<Integer> there = other.receive(queue);
        Queue<Integer> empty = other.receive(owner.<Integer>create());
        assertThat(empty.isEmpty())
                .isTrue(); // so it is known there, whether its taker is there before the death or not
        Queue<Integer> untouched = other.receive(owner.<Integer>create());
        there.put(1);
        CompletableFuture<?> putting = async(() -> {
            there.put(2);
            return 0;
        });
        CompletableFuture<?> taking = async(empty::take);
        await().pollDelay(SHORT).until(() -> !putting.isDone() && !taking.isDone());
        owner.kill();
        for (CompletableFuture<?> future : List.of(putting, taking)) {
            assertThat(failure(future))
                    .isInstanceOfSatisfying(
                            QueueClosedException.class,
                            closed -> assertThat(closed.reason()).isEqualTo(QueueClosedException.Reason.OWNER_ENDED))
                    .hasMessageContaining("owner (pid " + owner.process.incarnation() + ")");
        }
        assertThatThrownBy(() -> untouched.put(1))
                .isInstanceOfSatisfying(
                        QueueClosedException.class,
                        closed -> assertThat(closed.reason()).isEqualTo(QueueClosedException.Reason.OWNER_ENDED));
    }

    @Test
    void closingItForOneProcessLeavesItToTheOthers() throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> there = other.receive(queue);
        CompletableFuture<Integer> taking = async(there::take);
        await().pollDelay(SHORT).until(() -> !taking.isDone());
        there.close();
        assertThat(failure(taking))
                .isInstanceOfSatisfying(
                        QueueClosedException.class,
                        closed -> assertThat(closed.reason()).isEqualTo(QueueClosedException.Reason.CLOSED_HERE));
        queue.put(1);
        assertThat(queue.poll(LONG)).isEqualTo(1);
    }

    @Test
    void closingItForOneProcessIsToldToThoseWhoWaitThereForRoom() throws Exception {
        Queue<Integer> queue = owner.bounded(1);
        queue.put(0);
        Queue<Integer> there = other.receive(queue);
        List<CompletableFuture<Boolean>> puts = new ArrayList<>();
        for (int i = 0; i < 1100; i++) { // more than may ask at once
            puts.add(async(() -> {
                there.put(1);
                return true;
            }));
        }
        await().pollDelay(SHORT).until(() -> puts.stream().noneMatch(CompletableFuture::isDone));
        there.close();
        for (CompletableFuture<Boolean> put : puts) {
            assertThat(failure(put))
                    .isInstanceOfSatisfying(
                            QueueClosedException.class,
                            closed -> assertThat(closed.reason()).isEqualTo(QueueClosedException.Reason.CLOSED_HERE));
        }
        assertThat(queue.take()).isZero();
        await().until(() -> queue.remainingCapacity() == 1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedTakeTakesNothing(From from) throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> view = seen(from, queue);
        for (int round = 0; round < 200; round++) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Integer> taken = new CompletableFuture<>();
            Thread taker = new Thread(() -> {
                begun.countDown();
                try {
                    taken.complete(view.take());
                } catch (InterruptedException interrupt) {
                    taken.complete(null);
                } catch (Throwable failure) {
                    taken.completeExceptionally(failure);
                }
            });
            taker.start();
            begun.await();
            queue.put(round);
            taker.interrupt();
            Integer item = get(taken);
            if (item == null) {
                item = queue.poll(LONG);
            }
            assertThat(item).isEqualTo(round);
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutLosesNothingAndKeepsTheOrder(From from) throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> view = seen(from, queue);
        CompletableFuture<Void> producing = async(() -> {
            for (int i = 0; i < 500; i++) {
                queue.put(i);
                if (i % 7 == 0) {
                    Thread.yield();
                }
            }
            return null;
        });
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < 500) {
            Integer item = view.poll(Duration.ofNanos(50_000));
            if (item != null) {
                taken.add(item);
            }
        }
        get(producing);
        assertThat(taken).doesNotHaveDuplicates().hasSize(500);
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedPutPutsNothingAndKeepsNoRoom(From from) throws Exception {
        Queue<Integer> queue = owner.bounded(1);
        Queue<Integer> view = seen(from, queue);
        for (int round = 0; round < 100; round++) {
            queue.put(-1);
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Boolean> put = new CompletableFuture<>();
            int item = round;
            Thread putter = new Thread(() -> {
                begun.countDown();
                try {
                    view.put(item);
                    put.complete(true);
                } catch (InterruptedException interrupt) {
                    put.complete(false);
                } catch (Throwable failure) {
                    put.completeExceptionally(failure);
                }
            });
            putter.start();
            begun.await();
            assertThat(queue.take()).isEqualTo(-1);
            putter.interrupt();
            if (get(put)) {
                assertThat(queue.poll(LONG)).isEqualTo(item);
            }
            await().pollInterval(Duration.ofMillis(1)).until(() -> queue.remainingCapacity() == 1);
        }
    }

    @Test
    void itemsOfADeadProducerWhosePutReturnedArriveAndItsPlacesAreFree() throws Exception {
        Queue<Integer> queue = owner.bounded(3);
        Queue<Integer> there = other.receive(queue);
        there.put(1);
        there.put(2);
        there.put(3);
        CompletableFuture<?> stuck = async(() -> {
            there.put(4);
            return 0;
        });
        await().pollDelay(SHORT).until(() -> !stuck.isDone());
        other.kill();
        assertThat(queue.take()).isEqualTo(1);
        assertThat(queue.take()).isEqualTo(2);
        assertThat(queue.take()).isEqualTo(3);
        await().until(() -> queue.remainingCapacity() == 3);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void anItemOfWhichAProducerDiesInTheMiddleIsNeverSeenAndItsPlaceIsFree() throws Exception {
        InMemoryTransport transport = new InMemoryTransport();
        QueueProcess dying = new QueueProcess("dying", directory, transport);
        Queue<byte[]> queue = owner.bounded(1);
        Queue<byte[]> there = dying.receive(queue);
        there.put(new byte[1]);
        queue.take();
        transport.stallAfter(5);
        CompletableFuture<?> putting = async(() -> {
            there.put(new byte[4 << 20]);
            return 0;
        });
        await().until(() -> transport.isStalled() && queue.remainingCapacity() == 0);
        dying.kill();
        await().until(() -> queue.remainingCapacity() == 1);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(putting).isNotCompleted();
    }

    @Test
    void theFirstThatAProcessTakesMayBeMoreThanOneDeliveryHas() throws Exception {
        Queue<Integer> queue = owner.create();
        List<Integer> items = IntStream.range(0, 700).boxed().toList();
        queue.putAll(items);
        Queue<Integer> there = other.receive(queue);
        assertThat(there.drain(600)).isEqualTo(items.subList(0, 600));
        assertThat(there.drain(600)).isEqualTo(items.subList(600, 700));
    }

    @Test
    @DisplayName("Q32 what a dead consumer had not committed comes first to another; what it had never comes again")
    void deadConsumer() throws Exception {
        Queue<Object> mine = owner.create();
        for (int i = 1; i <= 5; i++) {
            mine.put(i);
        }
        Queue<Object> objects = other.receive(mine);
        assertThat(objects.take()).isEqualTo(1);
        assertThat(objects.take()).isEqualTo(2); // committed, and not acknowledged
        DecodeGate.hold();
        assertThat(mine.drain(2)).containsExactly(3, 4);
        mine.put(new DecodeGate("held"));
        mine.put("last");
        CompletableFuture<Object> first = async(objects::take); // gets 5
        assertThat(get(first)).isEqualTo(5);
        CompletableFuture<Object> held = async(objects::take);
        DecodeGate.awaitHeld();
        other.kill();
        await().until(() ->
                owner.process.connections.drained(other.process.incarnation()).isDone());
        assertThat(mine.size()).isEqualTo(2);
        DecodeGate.release();
        assertThat(((DecodeGate) mine.take()).name()).isEqualTo("held");
        assertThat(mine.take()).isEqualTo("last");
        assertThat(mine.isEmpty()).isTrue();
        assertThat(held).isNotNull();
    }

    @Test
    void whatAConsumerHadTakenBeforeItDiedNeverComesAgainWhereverItStoodWithAcknowledging() throws Exception {
        Queue<byte[]> queue = owner.create();
        for (int round = 0; round < 20; round++) {
            QueueProcess consumer = new QueueProcess("consumer", directory);
            Queue<byte[]> there = consumer.receive(queue);
            queue.put(new byte[] {1});
            queue.put(new byte[100_000]);
            queue.put(new byte[] {3});
            for (int i = 0; i <= round % 3; i++) {
                there.take();
            }
            consumer.kill();
            int left = 2 - round % 3;
            await().until(() -> owner.process
                    .connections
                    .drained(consumer.process.incarnation())
                    .isDone());
            assertThat(queue.drain(10)).hasSize(left);
        }
    }

    @Test
    void aConsumerThatClosesInAnOrderlyWayGivesBackWhatItHadNotTaken() throws Exception {
        Queue<Object> queue = owner.create();
        Queue<Object> there = other.receive(queue);
        DecodeGate.hold();
        queue.put(new DecodeGate("x"));
        CompletableFuture<Object> held = async(there::take);
        DecodeGate.awaitHeld();
        other.close();
        DecodeGate.release();
        assertThat(failure(held)).isInstanceOf(QueueClosedException.class);
        assertThat(((DecodeGate) queue.poll(LONG)).name()).isEqualTo("x");
    }

    @Test
    void anItemThatCannotBeDecodedFailsOneTakeAlone() throws Exception {
        Queue<Object> queue = owner.create();
        Queue<Object> there = other.receive(queue);
        queue.put(new FailsToDecode());
        queue.put("good");
        assertThatThrownBy(there::take).isInstanceOf(RuntimeException.class);
        assertThat(there.take()).isEqualTo("good");
        assertThat(queue.isEmpty()).isTrue();

        for (Queue<Object> view : List.of(queue, there)) {
            queue.put("a");
            queue.put(new FailsToDecode());
            queue.put("b");
            queue.put("c");
            assertThat(view.drain(10)).containsExactly("a");
            await().until(() -> queue.size() == 3);
            assertThatThrownBy(() -> view.drain(10)).isInstanceOf(RuntimeException.class);
            await().until(() -> queue.size() == 2);
            assertThat(view.drain(10)).containsExactly("b", "c");
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeItemsArriveWholeWhileSmallOnesPass(From from) throws Exception {
        byte[] large = new byte[40 << 20];
        for (int i = 0; i < large.length; i += 4099) {
            large[i] = (byte) i;
        }
        Queue<byte[]> queue = owner.create();
        Queue<byte[]> view = seen(from, queue);
        Queue<String> small = other.receive(owner.<String>create());
        CompletableFuture<?> putting = async(() -> {
            view.put(large);
            Arrays.fill(large, (byte) 0); // ours again
            return 0;
        });
        for (int i = 0; i < 100; i++) {
            small.put("x");
            assertThat(small.take()).isEqualTo("x");
        }
        get(putting);
        byte[] arrived = seen(from, queue).take();
        assertThat(arrived).hasSize(40 << 20);
        for (int i = 0; i < arrived.length; i += 4099) {
            assertThat(arrived[i]).isEqualTo((byte) i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thousandsOfWaitersAreEachServedOnce(From from) throws Exception {
        int waiters = 2000;
        Queue<Integer> queue = owner.create();
        Queue<Integer> view = seen(from, queue);
        Set<Integer> taken = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(waiters);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waiters; i++) {
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            taken.add(view.take());
                        } catch (InterruptedException impossible) {
                            return;
                        }
                        done.countDown();
                    },
                    "waiter",
                    64 << 10);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (int i = 0; i < waiters; i++) {
            queue.put(i);
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(taken).hasSize(waiters);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void manyProducersAndConsumersLoseNothing() throws Exception {
        int producers = 6;
        int items = 1500;
        Queue<long[]> queue = owner.bounded(10);
        Queue<long[]> there = other.receive(queue);
        try (QueueProcess third = new QueueProcess("third", directory)) {
            List<Queue<long[]>> views = List.of(queue, there, third.receive(queue));
            List<CompletableFuture<?>> all = new ArrayList<>();
            AtomicInteger left = new AtomicInteger(producers * items);
            Set<List<Long>> taken = ConcurrentHashMap.newKeySet();
            for (int p = 0; p < producers; p++) {
                int producer = p;
                Queue<long[]> view = views.get(p % views.size());
                all.add(async(() -> {
                    for (int i = 0; i < items; i++) {
                        view.put(new long[] {producer, i});
                    }
                    return 0;
                }));
                all.add(async(() -> {
                    while (left.getAndDecrement() > 0) {
                        long[] item = view.take();
                        assertThat(taken.add(List.of(item[0], item[1]))).isTrue();
                    }
                    return 0;
                }));
            }
            for (CompletableFuture<?> future : all) {
                future.get(100, TimeUnit.SECONDS);
            }
            assertThat(taken).hasSize(producers * items);
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneConsumerGetsTheItemsOfEachProducerInTheirOrder(From from) throws Exception {
        int producers = 6;
        int items = 3000;
        Queue<long[]> queue = owner.bounded(100);
        Queue<long[]> there = other.receive(queue);
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Queue<long[]> view = p % 2 == 0 ? queue : there;
            all.add(async(() -> {
                for (int i = 0; i < items; i++) {
                    view.put(new long[] {producer, i});
                }
                return 0;
            }));
        }
        Queue<long[]> view = seen(from, queue);
        long[] next = new long[producers];
        for (int i = 0; i < producers * items; i++) {
            long[] item = view.take();
            assertThat(item[1]).isEqualTo(next[(int) item[0]]++);
        }
        for (CompletableFuture<?> future : all) {
            get(future);
        }
        assertThat(view.isEmpty()).isTrue();
    }

    @Test
    void aStoppedConsumerHoldsNoMoreThanItAskedForAndGivesItBackWhenItDies() throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> there = other.receive(queue);
        for (int i = 0; i < 8; i++) {
            async(there::take);
        }
        await().pollDelay(SHORT).until(() -> true);
        for (int i = 0; i < 8; i++) {
            queue.put(-1);
        }
        await().until(queue::isEmpty);
        for (int i = 0; i < 1000; i++) {
            queue.put(i);
        }
        assertThat(queue.size()).isEqualTo(1000);
        other.kill();
        assertThat(queue.size()).isEqualTo(1000);
    }
}
