package io.procession.queue;

import static io.procession.queue.Calls.assertClosed;
import static io.procession.queue.Calls.async;
import static io.procession.queue.Calls.failure;
import static io.procession.queue.Calls.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.procession.internal.family.CommitSlots;
import io.procession.internal.family.StatusPage;
import io.procession.transport.testing.InMemoryTransport;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of items and of those who wait when something gives up, fails, closes or is forgotten at a bad moment. */
@Timeout(120)
class QueueFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(30);

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private QueueProcess owner;
    private QueueProcess other;

    @BeforeEach
    void start() {
        owner = new QueueProcess("owner", directory, new InMemoryTransport(4 << 10, 16 << 10)); // cuts what is large
        other = new QueueProcess("other", directory);
    }

    @AfterEach
    void end() {
        other.close();
        owner.close();
    }

    /** An item whose decoding takes a moment. */
    record Slow(int number) {
        Slow {
            for (int spin = 0; spin < 2000; spin++) {
                Thread.onSpinWait();
            }
        }
    }

    /** Items that are taken in quick succession, so that more are sent ahead from then on. */
    private static void runAhead(Queue<Object> queue, Queue<Object> there, List<?> then) throws InterruptedException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            items.add(i);
        }
        items.addAll(then);
        queue.putAll(items);
        for (int i = 0; i < 1000; i++) {
            assertThat(there.take()).isEqualTo(i);
        }
    }

    @Test
    void aFutureThatIsCancelledAtTheMomentItsItemComesHasTakenNothing() throws Exception {
        Queue<Slow> queue = owner.create();
        Queue<Slow> there = other.receive(queue);
        AtomicInteger next = new AtomicInteger(-1);
        int rounds = 4000;
        CompletableFuture<?> putting = async(() -> {
            for (int i = 0; i < rounds; i++) {
                while (next.get() < i) {
                    Thread.onSpinWait();
                }
                queue.put(new Slow(i));
            }
            return null;
        });
        for (int i = 0; i < rounds; i++) {
            Queue<Slow> view = i % 2 == 0 ? queue : there;
            CompletableFuture<Slow> future = view.takeAsync();
            next.set(i);
            for (int spin = 0; spin < i % 97 * 20; spin++) {
                Thread.onSpinWait();
            }
            Slow item = future.cancel(true) ? view.poll(LONG) : get(future);
            assertThat(item).isEqualTo(new Slow(i));
        }
        get(putting);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whoWaitsSinceBeforeOthersGotMoreThanTheyUseGetsItAllTheSame() throws Exception {
        Queue<Object> queue = owner.create();
        Queue<Object> there = other.receive(queue);
        CompletableFuture<Object> first = async(() -> {
            runAhead(queue, there, List.of());
            return there.take();
        });
        await().pollDelay(SHORT).until(queue::isEmpty);
        await().pollDelay(SHORT).until(() -> true); // until it stands in line
        CompletableFuture<Object> second = async(queue::take);
        await().pollDelay(SHORT).until(() -> !second.isDone());
        CompletableFuture<Object> third = async(queue::take);
        await().pollDelay(SHORT).until(() -> !third.isDone());
        queue.putAll(List.of(1, 2, 3));
        assertThat(List.of(get(first), get(second), get(third))).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void whatLiesBehindItemsThatWereGivenBackIsCountedAndComesToOthers() throws Exception {
        Queue<Object> queue = owner.create();
        Queue<Object> there = other.receive(queue);
        List<Object> then = new ArrayList<>(List.of(new FailsToDecode()));
        for (int i = 0; i < 399; i++) {
            then.add("s" + i);
        }
        runAhead(queue, there, then);
        assertThatThrownBy(() -> there.drain(100)).isInstanceOf(RuntimeException.class);
        await().until(() -> queue.size() == 399);
        List<Object> taken = new ArrayList<>();
        for (int i = 0; i < 399; i++) {
            taken.add(queue.poll(LONG));
        }
        assertThat(taken).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void oneWhoTakesNowByWaitingAndNowByLookingGetsItemsOfAllSizesInTheirOrder() throws Exception {
        Queue<byte[]> queue = owner.create();
        Queue<byte[]> there = other.receive(queue);
        int items = 3000;
        CompletableFuture<?> putting = async(() -> {
            for (int i = 0; i < items; i++) {
                byte[] item = new byte[i % 3 == 0 ? 40_000 : 4];
                item[0] = (byte) i;
                item[1] = (byte) (i >> 8);
                queue.put(item);
                while (queue.size() > 40) {
                    Thread.yield();
                }
            }
            return null;
        });
        int next = 0;
        for (int turn = 0; next < items; turn++) {
            List<byte[]> taken;
            if (turn % 3 == 0) {
                taken = there.drain(1 + turn % 5);
            } else {
                byte[] item = turn % 3 == 1 ? there.poll(Duration.ofNanos(turn % 50 * 4_000)) : there.poll(LONG);
                taken = item == null ? List.of() : List.of(item);
            }
            for (byte[] item : taken) {
                assertThat((item[0] & 0xff) + (item[1] << 8)).isEqualTo(next++);
            }
        }
        get(putting);
    }

    @Test
    void aPutWhoseRoomCameTogetherWithAShutdownIsEitherRefusedOrItsItemIsThere() throws Exception {
        for (int round = 0; round < 100; round++) {
            Queue<Integer> queue = owner.bounded(1);
            queue.put(1);
            CompletableFuture<Boolean> put = async(() -> {
                try {
                    queue.put(2);
                    return true;
                } catch (QueueClosedException refused) {
                    return false;
                }
            });
            int delay = round % 10;
            await().pollDelay(Duration.ofMillis(delay))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> true);
            queue.take();
            queue.shutdown();
            List<Integer> left = new ArrayList<>();
            queue.stream().forEach(left::add); // until it is told that nothing comes any more
            assertThat(left).isEqualTo(get(put) ? List.of(2) : List.of());
            queue.close();
        }
    }

    @Test
    void aTakerThatFindsNoRoomForAFurtherMarkStillGetsItsItem() throws Exception {
        Queue<Object> queue = owner.create();
        Queue<Object> there = other.receive(queue);
        queue.put(0);
        assertThat(there.take()).isEqualTo(0);
        DecodeGate.hold();
        queue.put(new DecodeGate("held"));
        CompletableFuture<Object> held = async(there::take); // has one mark, and has made another
        DecodeGate.awaitHeld();
        Path page = StatusPage.path(directory, other.process.incarnation());
        Files.createDirectory(Path.of(page + ".1")); // as a full disk would, only sooner
        List<CommitSlots> taken = new ArrayList<>();
        assertThatThrownBy(() -> {
                    while (true) {
                        taken.add(other.hosting.evidence().allocateSlots(1));
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
        for (int i = 1; i <= 3; i++) {
            queue.put(i);
            assertThat(there.take()).isEqualTo(i);
        }
        DecodeGate.release();
        assertThat(get(held)).isEqualTo(new DecodeGate("held"));
    }

    /** Puts into a queue that nobody else holds. */
    private static int putInto(Supplier<Queue<Integer>> queue) throws InterruptedException {
        queue.get().put(1);
        return 1;
    }

    @Test
    void whoWaitsForRoomInAQueueThatNobodyElseHoldsIsToldOfItsEnd() throws Exception {
        Queue<Integer> warm = other.receive(owner.<Integer>bounded(1 << 20));
        for (int i = 0; i < 20_000; i++) { // compiled code keeps less alive than interpreted code does
            putInto(() -> warm);
        }
        Queue<Integer> queue = owner.bounded(1);
        queue.put(0);
        CompletableFuture<Integer> putting = async(() -> putInto(() -> other.receive(queue)));
        await().pollDelay(SHORT).until(() -> !putting.isDone());
        for (int i = 0; i < 5; i++) {
            System.gc();
            await().pollDelay(SHORT).until(() -> true);
        }
        other.receive(owner.<Integer>create()); // forgets what was collected
        owner.kill();
        assertClosed(failure(putting), QueueClosedException.Reason.OWNER_ENDED);
    }

    @Test
    void closingAQueueHereIsToldToThoseWhoJoinItHere() throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        queue.put(1);
        CompletableFuture<Boolean> joining = async(() -> there.join(LONG));
        await().pollDelay(SHORT).until(() -> !joining.isDone());
        there.close();
        assertClosed(failure(joining), QueueClosedException.Reason.CLOSED_HERE);
    }

    @Test
    void afterAnImmediateShutdownNothingIsTakenEvenIfItWasOnItsWay() throws Exception {
        try (QueueProcess slow = new QueueProcess("slow", directory, new InMemoryTransport(4 << 10, 4 << 10))) {
            for (int round = 0; round < 30; round++) {
                Queue<byte[]> queue = slow.create();
                Queue<byte[]> there = other.receive(queue);
                for (int i = 0; i < 1000; i++) {
                    queue.put(new byte[3000]);
                }
                AtomicBoolean shut = new AtomicBoolean();
                CountDownLatch begun = new CountDownLatch(100 + round * 10);
                CompletableFuture<Integer> taking = async(() -> {
                    int late = 0;
                    while (true) {
                        boolean after = shut.get();
                        try {
                            there.take();
                        } catch (QueueClosedException closed) {
                            return late;
                        }
                        late += after ? 1 : 0;
                        begun.countDown();
                    }
                });
                assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
                queue.shutdownNow();
                shut.set(true);
                assertThat(get(taking))
                        .as("taken after shutdownNow had returned")
                        .isZero();
                queue.close();
            }
        }
    }

    @Test
    void theEndOfAQueueThatIsShutDownIsToldThoughTheLastTakerIsOnAnotherHost() throws Exception {
        try (QueueProcess far = new QueueProcess("far", elsewhere)) { // whose status page cannot be read
            Queue<Integer> queue = owner.create();
            Queue<Integer> there = far.receive(queue);
            queue.put(1);
            queue.put(2);
            assertThat(there.take()).isEqualTo(1);
            queue.shutdown();
            assertThat(there.take()).isEqualTo(2);
            assertClosed(failure(async(queue::take)), QueueClosedException.Reason.SHUT_DOWN);
        }
    }

    @Test
    void theMarksOfAQueueThatEndedAfterItWasForgottenAreUsedAgain() throws Exception {
        CommitSlots before = other.hosting.evidence().allocateSlots(6);
        before.release();
        try (QueueProcess dying = new QueueProcess("dying", directory)) {
            WeakReference<Queue<Integer>> forgotten = new WeakReference<>(takeOne(dying.create()));
            await().until(() -> {
                System.gc();
                return forgotten.get() == null;
            });
            dying.kill();
            await().until(() -> other.process
                    .connections
                    .drained(dying.process.incarnation())
                    .isDone());
            other.receive(owner.<Integer>create()); // forgets what was collected
            assertThat(other.hosting.evidence().allocateSlots(6).index()).isEqualTo(before.index());
        }
    }

    private Queue<Integer> takeOne(Queue<Integer> queue) throws InterruptedException {
        queue.put(1);
        Queue<Integer> there = other.receive(queue);
        assertThat(there.take()).isEqualTo(1);
        return there;
    }

    @Test
    void itemsBeforeAFailureOfTheirSourceArePut() throws Exception {
        Queue<Integer> queue = owner.create();
        Queue<Integer> there = other.receive(queue);
        for (Queue<Integer> view : List.of(queue, there)) {
            Iterable<Integer> failing = () -> new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public @Nullable Integer next() {
                    if (next == 3) {
                        throw new IllegalStateException("the source dried up");
                    }
                    return next++;
                }
            };
            assertThatThrownBy(() -> view.putAll(failing)).hasMessage("the source dried up");
            await().until(() -> queue.size() == 3);
            assertThat(queue.drain(10)).containsExactly(0, 1, 2);
        }
    }
}
