package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.process.Process;
import io.procession.queue.AbandonedItemsException;
import io.procession.queue.JoinableQueue;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.task.Action;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section C of the behaviour contract row by row, in the process of the owner and in a child. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("NullAway") // null is an item like any other
public abstract class QueueRowsContract extends QueueSuite {
    private static final Duration SHORT = Duration.ofMillis(50);

    /** For a test class of the transport. */
    protected QueueRowsContract() {}

    private static void inAChild(Action action) throws InterruptedException {
        try (Process child = Process.start(action)) {
            child.join();
            assertThat(child.exitCode())
                    .as("what the child found is on its stderr")
                    .hasValue(0);
        }
    }

    @Test
    @DisplayName(
            "Q01, Q02, Q05, Q06: a bounded queue fills and empties; who may not wait, or not long, is told at once, or then")
    void fullAndEmpty() throws Exception {
        try (Queue<Integer> queue = bounded(6)) {
            Rows.fullAndEmpty(queue);
            inAChild(() -> Rows.fullAndEmpty(queue));
        }
    }

    @Test
    @DisplayName("Q08, Q16: the size is exact around each put and take, though items run ahead of who takes fast")
    void sizes() throws Exception {
        try (Queue<Integer> queue = queue()) {
            Rows.sizes(queue);
            inAChild(() -> Rows.sizes(queue));
        }
    }

    @Test
    @DisplayName("Q31: null is an item like any other, and told from nothing")
    void nulls() throws Exception {
        try (Queue<String> queue = queue()) {
            Rows.nulls(queue);
            inAChild(() -> Rows.nulls(queue));
        }
    }

    @Test
    @DisplayName(
            "Q12, Q13: an item that cannot be serialised fails alone or goes to a hook, takes no room, and the next arrives")
    void unserializable() throws Exception {
        try (Queue<Object> queue = bounded(1)) {
            Rows.unserializable(queue);
            inAChild(() -> Rows.unserializable(queue));
        }
    }

    @Test
    @DisplayName(
            "Q14, Q15, Q17, Q18: a closed queue says so to every use, closes twice, and lives on for others if it was not the owner's")
    void closed() throws Exception {
        try (Queue<Integer> queue = queue()) {
            queue().close(); // unused
            inAChild(() -> Rows.closed(queue));
            assertThat(queue.take()).isEqualTo(1);
            Rows.closed(queue);
        }
    }

    @Test
    @DisplayName("a queue can be bounded in bytes")
    void bytes() throws Exception {
        try (Queue<byte[]> queue = boundedInBytes(1000)) {
            Rows.bytes(queue);
            inAChild(() -> Rows.bytes(queue));
        }
    }

    @Test
    @DisplayName("Q09: join returns only when 4 workers have done 10 items; null stops them")
    void workers() throws Exception {
        try (JoinableQueue<Integer> queue = joinable();
                Queue<Integer> worked = queue()) {
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(Process.start(() -> {
                    for (Integer item = queue.take(); item != null; item = queue.take()) {
                        worked.put(item);
                        queue.taskDone();
                    }
                    queue.taskDone();
                }));
            }
            List<Integer> items = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            queue.putAll(items);
            queue.join();
            assertThat(worked.drain(20)).containsExactlyInAnyOrderElementsOf(items);
            for (int i = 0; i < 4; i++) {
                queue.put(null);
            }
            queue.join();
            for (Process worker : workers) {
                worker.join();
                assertThat(worker.exitCode()).hasValue(0);
            }
        }
    }

    @Test
    @DisplayName(
            "Q21: shutdown of an empty queue fails puts and takes in every process, waiting ones as well; joiners return")
    void shutdownEmpty() throws Exception {
        try (JoinableQueue<Integer> queue = joinable();
                Queue<String> ready = queue()) {
            Process waiting = Process.start(() -> {
                queue.put(1);
                queue.take();
                queue.taskDone();
                ready.put("ready");
                assertThatThrownBy(queue::take).isInstanceOf(QueueClosedException.class);
                Rows.shutDown(queue);
                queue.join();
            });
            ready.take(); // its own item is not for others
            Process other = Process.start(() -> {
                ready.put("ready");
                assertThat(queue.stream()).isEmpty();
                Rows.shutDown(queue);
            });
            ready.take();
            inAChild(queue::shutdown);
            Rows.shutDown(queue);
            queue.join();
            inAChild(() -> Rows.shutDown(queue));
            for (Process each : List.of(waiting, other)) {
                each.join();
                assertThat(each.exitCode()).hasValue(0);
            }
        }
    }

    @Test
    @DisplayName("Q22: what is there at the shutdown is still taken, puts fail, and join returns after task_done")
    void shutdownNonEmpty() throws Exception {
        try (JoinableQueue<Integer> queue = joinable()) {
            inAChild(() -> queue.put(7));
            queue.shutdown();
            assertThat(queue.size()).isEqualTo(1);
            inAChild(() -> {
                assertThat(queue.size()).isEqualTo(1);
                Rows.assertNothingPut(queue, QueueClosedException.Reason.SHUT_DOWN);
                assertThat(queue.stream()).containsExactly(7);
                Rows.shutDown(queue);
                assertThat(queue.join(SHORT)).isFalse();
                queue.taskDone();
                queue.join();
            });
            queue.join();
            Rows.shutDown(queue);
        }
    }

    @Test
    @DisplayName("Q23: immediate shutdown drops the items, fails puts and takes, releases joiners, and task_done fails")
    void shutdownNow() throws Exception {
        try (JoinableQueue<Integer> queue = joinable();
                Queue<String> ready = queue()) {
            queue.putAll(List.of(1, 2, 3));
            Process joiner = Process.start(() -> {
                ready.put("ready");
                queue.join();
                Rows.shutDown(queue);
                Rows.noTaskIsLeft(queue);
            });
            ready.take();
            queue.shutdownNow();
            assertThat(queue.size()).isZero();
            Rows.shutDown(queue);
            Rows.noTaskIsLeft(queue);
            joiner.join();
            assertThat(joiner.exitCode()).hasValue(0);
        }
    }

    @Test
    @DisplayName(
            "Q24: after an immediate shutdown join waits for task_done of what was taken before; a further one fails")
    void shutdownNowWithUnfinished() throws Exception {
        try (JoinableQueue<Integer> queue = joinable();
                Queue<String> signals = queue();
                Queue<String> answers = queue()) {
            queue.putAll(List.of(1, 2, 3));
            Process taker = Process.start(() -> {
                assertThat(queue.take()).isEqualTo(1);
                answers.put("taken");
                signals.take();
                queue.taskDone();
                Rows.noTaskIsLeft(queue);
            });
            answers.take();
            queue.shutdownNow();
            assertThat(queue.join(SHORT)).isFalse();
            signals.put("finish it");
            queue.join();
            taker.join();
            assertThat(taker.exitCode()).hasValue(0);
            Rows.noTaskIsLeft(queue);
            Rows.shutDown(queue);
        }
    }

    @Test
    @DisplayName(
            "Q21, Q22: shutdown by a child: what is there is still taken, everywhere; then takes and puts fail, waiting ones as well")
    void shutdownOfAPlainQueue() throws Exception {
        try (Queue<Integer> queue = bounded(2);
                Queue<String> ready = queue()) {
            queue.putAll(List.of(1, 2));
            Process putter = Process.start(() -> {
                ready.put("ready");
                Rows.assertNothingPut(queue, QueueClosedException.Reason.SHUT_DOWN);
            });
            ready.take();
            inAChild(() -> queue.shutdown());
            putter.join();
            assertThat(putter.exitCode()).hasValue(0);
            assertThat(queue.size()).isEqualTo(2);
            assertThat(queue.take()).isEqualTo(1);
            inAChild(() -> {
                assertThat(queue.stream()).containsExactly(2);
                Rows.shutDown(queue);
            });
            Rows.shutDown(queue);
            queue.shutdown();
        }
    }

    @Test
    @DisplayName(
            "Q23: immediate shutdown drops the items, and what comes back later; takes and puts fail, waiting ones as well")
    void shutdownNowOfAPlainQueue() throws Exception {
        try (Queue<Integer> queue = queue();
                Queue<Sticky> sticky = queue();
                Queue<String> signals = queue();
                Process holder = Process.start(QueueActions.stickTo(sticky, signals))) {
            Process waiter = Process.start(() -> {
                signals.put("waits");
                assertThatThrownBy(queue::take).isInstanceOf(QueueClosedException.class);
                Rows.shutDown(queue);
            });
            assertThat(List.of(signals.take(), signals.take())).containsExactlyInAnyOrder("waits", "ready");
            queue.shutdownNow();
            waiter.join();
            assertThat(waiter.exitCode()).hasValue(0);
            Rows.shutDown(queue);

            sticky.putAll(List.of(new Sticky(1), new Sticky(2)));
            Eventually.holds("the holder has one in its hands", () -> sizeOf(sticky) == 1);
            inAChild(() -> sticky.shutdownNow());
            assertThat(sticky.size()).isZero();
            holder.kill();
            holder.join();
            assertThat(sticky.stream()).isEmpty();
            assertThat(sticky.size()).isZero();
        }
    }

    private static int sizeOf(Queue<?> queue) {
        try {
            return queue.size();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    @Test
    @DisplayName("a consumer that dies with unfinished items lets nobody hang: join says how many and who")
    void unfinishedItemsOfTheDead() throws Exception {
        try (JoinableQueue<Integer> queue = joinable();
                Queue<String> ready = queue();
                Process taker = Process.start(() -> {
                    queue.take();
                    queue.take();
                    queue.taskDone();
                    ready.put("ready");
                    QueueActions.stay();
                })) {
            queue.putAll(List.of(1, 2, 3));
            ready.take();
            taker.kill();
            taker.join();
            assertThat(queue.take()).isEqualTo(3);
            queue.taskDone();
            assertThatThrownBy(queue::join)
                    .isInstanceOfSatisfying(
                            AbandonedItemsException.class,
                            told -> assertThat(told.count()).isEqualTo(1))
                    .hasMessageContaining("(pid " + taker.pid() + ")");
            queue.join();
        }
    }

    @Test
    @DisplayName("10,000 callers wait without threads, each is served once, and those who give up leave nothing behind")
    void manyCallers() throws Exception {
        int callers = 10_000;
        try (Queue<Integer> queue = queue();
                Queue<Integer> ready = queue();
                Process child = Process.start(() -> Rows.manyCallers(queue, ready, callers))) {
            assertThat(ready.take()).isEqualTo(callers);
            for (int i = 0; i < callers; i++) {
                queue.put(i);
            }
            ready.take();
            queue.put(-1);
            assertThat(queue.take()).isEqualTo(-1);
            queue.put(-2);
            child.join();
            assertThat(child.exitCode()).hasValue(0);
        }
    }

    @Test
    @DisplayName(
            "hundreds of threads wait: each is woken for an item of its own, not again and again for those of others")
    void noStormOfWakeUps() throws Exception {
        try (Queue<Integer> queue = queue()) {
            Rows.wakeUps(queue, 300);
            inAChild(() -> Rows.wakeUps(queue, 300));
        }
    }

    @Test
    @DisplayName("the owner exits while others wait: each is told at once what has ended")
    void theOwnerExits() throws Exception {
        try (Queue<Queue<Integer>> handOver = queue();
                Queue<String> until = queue();
                Queue<String> told = queue()) {
            Process owner = Process.start(() -> {
                Queue<Integer> mine = Queue.bounded(1);
                handOver.put(mine);
                handOver.put(mine);
                until.take();
            });
            Queue<Integer> theirs = handOver.take();
            assertThat(theirs.isEmpty()).isTrue();
            Process waiting = Process.start(() -> {
                Queue<Integer> queue = handOver.take();
                told.put("waits" + queue.size());
                try {
                    queue.take();
                } catch (QueueClosedException ended) {
                    told.put(ended.reason().name());
                }
            });
            assertThat(told.take()).isEqualTo("waits0");
            until.put("exit");
            assertThatThrownBy(theirs::take)
                    .isInstanceOfSatisfying(
                            QueueClosedException.class,
                            ended -> assertThat(ended.reason()).isEqualTo(QueueClosedException.Reason.OWNER_ENDED));
            assertThat(told.take()).isEqualTo("OWNER_ENDED");
            owner.join();
            waiting.join();
        }
    }

    @Test
    @DisplayName("items that ran ahead to a process that became slow come back when somebody else waits for one")
    void whatRanAheadComesBack() throws Exception {
        int items = 3000;
        try (Queue<Integer> queue = queue();
                Queue<Integer> taken = queue();
                Process slow = Process.start(() -> {
                    for (int i = 0; i < items / 2; i++) {
                        queue.take();
                    }
                    taken.put(items / 2);
                    QueueActions.stay();
                })) {
            for (int i = 0; i < items; i++) {
                queue.put(i);
            }
            assertThat(taken.take()).isEqualTo(items / 2);
            List<Integer> rest = new ArrayList<>();
            for (int i = 0; i < items / 2; i++) {
                rest.add(queue.take());
            }
            assertThat(rest).doesNotHaveDuplicates().allMatch(item -> item >= items / 2);
            assertThat(queue.isEmpty()).isTrue();
            slow.kill();
        }
    }
}
