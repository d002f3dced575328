package io.procession.queue;

import static io.procession.queue.Calls.async;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shutdown, and what is done of a joinable queue, between processes that are simulated in this JVM. */
@Timeout(120)
class QueueShutdownTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(30);

    /** Who shuts the queue down. */
    enum By {
        OWNER,
        OTHER
    }

    @TempDir
    Path directory;

    private QueueProcess owner;
    private QueueProcess other;
    private QueueProcess third;

    @BeforeEach
    void start() {
        owner = new QueueProcess("owner", directory);
        other = new QueueProcess("other", directory);
        third = new QueueProcess("third", directory);
    }

    @AfterEach
    void end() {
        third.close();
        other.close();
        owner.close();
    }

    private static CompletableFuture<Boolean> joining(JoinableQueue<?> queue) {
        return async(() -> {
            queue.join();
            return true;
        });
    }

    private static void assertShutDown(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QueueClosedException.class,
                        closed -> assertThat(closed.reason()).isEqualTo(QueueClosedException.Reason.SHUT_DOWN))
                .hasMessageContaining("was shut down");
    }

    private static void assertNothingGoes(Queue<Integer> queue) {
        assertShutDown(() -> queue.put(1));
        assertShutDown(() -> queue.offer(1));
        assertShutDown(() -> queue.offer(1, SHORT));
        assertShutDown(() -> queue.putAll(List.of(1, 2)));
        assertNothingComes(queue);
    }

    private static void assertNothingComes(Queue<Integer> queue) {
        assertShutDown(queue::take);
        assertShutDown(queue::poll);
        assertShutDown(() -> queue.poll(SHORT));
        assertShutDown(() -> queue.drain(3));
        assertThatThrownBy(() -> queue.takeAsync().get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(QueueClosedException.class);
        assertThat(queue.stream()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "Q21 shutdown of an empty queue: puts and takes fail in every process, waiting ones as well; joiners return")
    void empty(By by) throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        JoinableQueue<Integer> elsewhere = third.receive(queue);
        there.put(1); // has put before, and is asked whether something is on its way
        assertThat(elsewhere.take()).isEqualTo(1);
        List<CompletableFuture<?>> waiting =
                List.of(async(queue::take), async(there::take), elsewhere.takeAsync(), queue.takeAsync());
        List<CompletableFuture<Boolean>> joiners = List.of(joining(queue), joining(there));
        await().pollDelay(SHORT).until(() -> waiting.stream().noneMatch(CompletableFuture::isDone));
        (by == By.OWNER ? queue : there).shutdown();
        for (CompletableFuture<?> each : waiting) {
            assertShutDown(() -> {
                try {
                    each.get(20, TimeUnit.SECONDS);
                } catch (ExecutionException failure) {
                    throw failure.getCause();
                }
            });
        }
        assertThat(joiners).noneMatch(CompletableFuture::isDone);
        elsewhere.taskDone();
        for (CompletableFuture<Boolean> joiner : joiners) {
            assertThat(joiner.get(20, TimeUnit.SECONDS)).isTrue();
        }
        for (JoinableQueue<Integer> each : List.of(queue, there, elsewhere)) {
            assertNothingGoes(each);
            each.join();
            assertThat(each.size()).isZero();
            assertThat(each.isClosed()).isFalse();
        }
        (by == By.OWNER ? queue : there).shutdown();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Q22 what is there at the shutdown is still taken, then takes fail; join returns after task_done")
    void notEmpty(By by) throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        JoinableQueue<Integer> elsewhere = third.receive(queue);
        there.put(7);
        await().until(() -> queue.size() == 1);
        (by == By.OWNER ? queue : there).shutdown();
        for (JoinableQueue<Integer> each : List.of(queue, there, elsewhere)) {
            assertThat(each.size()).isEqualTo(1);
            assertShutDown(() -> each.put(1));
        }
        CompletableFuture<Boolean> joiner = joining(there);
        assertThat(elsewhere.take()).isEqualTo(7);
        for (JoinableQueue<Integer> each : List.of(queue, there, elsewhere)) {
            assertNothingGoes(each);
        }
        assertThat(queue.join(SHORT)).isFalse();
        assertThat(joiner).isNotDone();
        elsewhere.taskDone();
        assertThat(joiner.get(20, TimeUnit.SECONDS)).isTrue();
        queue.join();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "Q23 immediate shutdown: items are dropped, puts and takes fail, joiners are released, task_done fails")
    void immediate(By by) throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        JoinableQueue<Integer> elsewhere = third.receive(queue);
        there.putAll(List.of(1, 2, 3));
        await().until(() -> queue.size() == 3);
        List<CompletableFuture<Boolean>> joiners = List.of(joining(queue), joining(there));
        (by == By.OWNER ? queue : there).shutdownNow();
        for (CompletableFuture<Boolean> joiner : joiners) {
            assertThat(joiner.get(20, TimeUnit.SECONDS)).isTrue();
        }
        for (JoinableQueue<Integer> each : List.of(queue, there, elsewhere)) {
            assertThat(each.size()).isZero();
            assertNothingGoes(each);
            assertThatThrownBy(each::taskDone)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("0 are unfinished");
            each.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Q24 immediate shutdown with an item taken: join waits for its task_done, and a further one fails")
    void immediateWithUnfinished(By by) throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        JoinableQueue<Integer> elsewhere = third.receive(queue);
        queue.putAll(List.of(1, 2, 3));
        assertThat(elsewhere.take()).isEqualTo(1);
        (by == By.OWNER ? queue : there).shutdownNow();
        CompletableFuture<Boolean> joiner = joining(there);
        assertThat(queue.join(SHORT)).isFalse();
        assertThat(joiner).isNotDone();
        elsewhere.taskDone();
        assertThat(joiner.get(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(elsewhere::taskDone).isExactlyInstanceOf(IllegalStateException.class);
        queue.join();
    }

    @Test
    void whatRanAheadToAProcessIsStillTakenThereAfterTheShutdownAndDroppedByAnImmediateOne() throws Exception {
        for (boolean immediate : List.of(false, true)) {
            JoinableQueue<Integer> queue = owner.joinable();
            JoinableQueue<Integer> there = other.receive(queue);
            for (int i = 0; i < 2000; i++) {
                queue.put(i);
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(there.take()).isEqualTo(i);
            }
            assertThat(queue.size()).isEqualTo(1000);
            if (immediate) {
                queue.shutdownNow();
                assertNothingComes(there);
            } else {
                queue.shutdown();
                for (int i = 1000; i < 2000; i++) {
                    assertThat(there.take()).isEqualTo(i);
                }
                there.taskDone(1000);
            }
            assertThat(queue.join(SHORT)).isFalse();
            there.taskDone(1000);
            queue.join();
            assertNothingGoes(there);
            queue.close();
        }
    }

    @Test
    void whoTakesFromAQueueThatIsShutDownWaitsForWhatMayComeBackAndGetsIt() throws Exception {
        Queue<Object> queue = owner.create();
        Queue<Object> there = other.receive(queue);
        queue.put(new DecodeGate("held"));
        DecodeGate.hold();
        CompletableFuture<Object> held = async(there::take);
        DecodeGate.awaitHeld();
        queue.shutdown();
        assertThat(queue.poll()).isNull(); // it may come back
        CompletableFuture<Object> waiting = async(queue::take);
        await().pollDelay(SHORT).until(() -> !waiting.isDone());
        other.kill();
        assertThat(((DecodeGate) waiting.get(20, TimeUnit.SECONDS)).name()).isEqualTo("held");
        DecodeGate.release();
        assertShutDown(queue::take);
        assertThat(held).isNotNull();
    }

    @Test
    void putsThatWaitForRoomAreToldOfTheShutdown() throws Exception {
        Queue<Integer> queue = owner.bounded(1);
        Queue<Integer> there = other.receive(queue);
        queue.put(1);
        List<CompletableFuture<?>> waiting =
                List.of(async(() -> queue.offer(2, LONG)), async(() -> there.offer(2, LONG)), async(() -> {
                    there.putAll(List.of(2, 3));
                    return 0;
                }));
        await().pollDelay(SHORT).until(() -> waiting.stream().noneMatch(CompletableFuture::isDone));
        there.shutdown();
        for (CompletableFuture<?> each : waiting) {
            assertThatThrownBy(() -> each.get(20, TimeUnit.SECONDS)).cause().isInstanceOf(QueueClosedException.class);
        }
        assertThat(there.take()).isEqualTo(1);
        assertShutDown(there::take);
    }

    @Test
    @DisplayName("Q09 join returns when all that was put is done, whoever says so")
    void joins() throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        queue.join();
        there.join();
        there.put(1);
        queue.put(2);
        CompletableFuture<Boolean> joiner = joining(there);
        assertThat(queue.take()).isIn(1, 2);
        assertThat(queue.take()).isIn(1, 2);
        queue.taskDone();
        assertThat(joiner).isNotDone();
        assertThat(there.join(Duration.ZERO)).isFalse();
        assertThat(there.join(SHORT)).isFalse();
        there.taskDone();
        assertThat(joiner.get(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(there::taskDone)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0 are unfinished");
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.taskDone(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTakerThatDiesDoesNotLetJoinHangAndJoinSaysSo() throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        JoinableQueue<Integer> elsewhere = third.receive(queue);
        queue.putAll(List.of(1, 2, 3, 4, 5));
        there.take();
        there.take();
        there.take();
        there.taskDone();
        List<CompletableFuture<Boolean>> joiners = List.of(joining(queue), joining(elsewhere));
        other.kill();
        elsewhere.take();
        elsewhere.take();
        assertThat(queue.join(SHORT)).isFalse();
        elsewhere.taskDone(2);
        for (CompletableFuture<Boolean> joiner : joiners) {
            assertThatThrownBy(() -> joiner.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            AbandonedItemsException.class,
                            told -> assertThat(told.count()).isEqualTo(2))
                    .hasMessageContaining("other (pid " + other.process.incarnation() + ")");
        }
        queue.join(); // it was told
    }

    @Test
    void theEndOfTheOwnerIsToldToJoiners() throws Exception {
        JoinableQueue<Integer> queue = owner.joinable();
        JoinableQueue<Integer> there = other.receive(queue);
        queue.put(1);
        List<CompletableFuture<Boolean>> joiners = List.of(joining(queue), joining(there));
        await().pollDelay(SHORT).until(() -> joiners.stream().noneMatch(CompletableFuture::isDone));
        queue.close();
        for (CompletableFuture<Boolean> joiner : joiners) {
            assertThatThrownBy(() -> joiner.get(20, TimeUnit.SECONDS)).cause().isInstanceOf(QueueClosedException.class);
        }
    }
}
