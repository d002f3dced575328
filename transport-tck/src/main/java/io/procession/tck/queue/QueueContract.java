package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.process.Process;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Items between processes that all end in peace. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
public abstract class QueueContract extends QueueSuite {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** For a test class of the transport. */
    protected QueueContract() {}

    @Test
    @Tag("smoke")
    @DisplayName("Q34, Q07: what a child put is all there, in order, when its join returns, after what was put before")
    void itemsOfAChildAreThereAfterItsEnd() throws Exception {
        try (Queue<Integer> queue = queue()) {
            for (int i = 0; i < 10; i++) {
                queue.put(i);
            }
            Process.start(QueueActions.putNumbers(queue, 10, 2000)).join();
            assertThat(queue.size()).isEqualTo(2000);
            for (int i = 0; i < 2000; i++) {
                assertThat(queue.poll()).isEqualTo(i);
            }
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    @Tag("smoke")
    @DisplayName("Q03, Q04, Q16: what another process takes comes in order, makes room, and leaves the queue empty")
    void takenByAChild() throws Exception {
        try (Queue<Integer> tasks = bounded(6);
                Queue<Integer> results = bounded(6);
                Process child = Process.start(QueueActions.move(tasks, results, 100))) {
            for (int i = 0; i < 100; i++) {
                tasks.put(i);
                if (i >= 6) {
                    assertThat(results.take()).isEqualTo(i - 6);
                }
            }
            child.join();
            assertThat(results.drain(100)).containsExactly(94, 95, 96, 97, 98, 99);
            assertThat(tasks.isEmpty()).isTrue();
            assertThat(tasks.remainingCapacity()).isEqualTo(6);
        }
    }

    @Test
    @DisplayName("Q29: a child hands a queue on to its own child; both items arrive")
    void grandchild() throws Exception {
        try (Queue<Integer> queue = queue()) {
            Process.start(QueueActions.grandchildPuts(queue)).join();
            assertThat(queue.drain(5)).containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    @DisplayName("P31: a process may close its own copy of what it gave to a child; the child still works")
    void closingACopyHarmsNobody() throws Exception {
        try (Queue<Integer> queue = queue();
                Queue<String> signals = queue()) {
            Process.start(QueueActions.closeOwnCopy(queue, signals)).join();
            assertThat(queue.take()).isEqualTo(31);
        }
    }

    @Test
    @DisplayName(
            "Q27: a queue made in a child reaches its parent through another queue; it ends with its owner's close")
    void aChildOwns() throws Exception {
        try (Queue<Queue<Integer>> handOver = queue();
                Queue<String> until = queue();
                Process child = Process.start(QueueActions.ownQueue(handOver, until))) {
            Queue<Integer> theirs = handOver.take();
            assertThat(theirs.take()).isEqualTo(1);
            assertThat(theirs.take()).isEqualTo(2);
            theirs.put(7);
            assertThat(theirs.size()).isEqualTo(1);
            assertThat(theirs.remainingCapacity()).isEqualTo(2);
            assertThat(theirs.take()).isEqualTo(7);
            until.put("end");
            assertThatThrownBy(theirs::take).isInstanceOf(QueueClosedException.class);
            child.join();
            assertThat(theirs.isClosed()).isTrue();
        }
    }

    @Test
    @DisplayName("Q11: a queue works while a class is initialised")
    void staticInitializer() throws Exception {
        try (Queue<Integer> queue = queue()) {
            queue.put(41);
            Process child = Process.start(QueueActions.putFromStaticInitializer(queue));
            child.join();
            assertThat(child.exitCode()).hasValue(0);
            assertThat(queue.take()).isEqualTo(42);
        }
    }

    @Test
    @DisplayName("Q20: a child whose large item nobody has taken exits all the same, and the item is there")
    void unreadItem() throws Exception {
        try (Queue<byte[]> queue = queue();
                Queue<String> signals = queue()) {
            Process.start(QueueActions.putBytes(queue, 300_000, signals)).join();
            assertThat(queue.take()).isEqualTo(QueueActions.pattern(300_000));
        }
    }

    @Test
    @DisplayName("64 MiB go to a child and come back as they were, while small items pass")
    void largeItem() throws Exception {
        there(64 << 20);
    }

    @Test
    @Tag("long")
    @DisplayName("1 GiB goes to a child and comes back as it was")
    void largestItem() throws Exception {
        there((1 << 30) - 64);
    }

    private void there(int bytes) throws Exception {
        try (Queue<byte[]> out = queue();
                Queue<byte[]> back = queue();
                Queue<Integer> smallOut = queue();
                Queue<Integer> smallBack = queue();
                Process echo = Process.builder()
                        .maxHeap(Math.max(256, 4 * (bytes >> 20)) + "m")
                        .start(QueueActions.echoBytes(out, back));
                Process small = Process.start(QueueActions.move(smallOut, smallBack, 50))) {
            out.put(QueueActions.pattern(bytes));
            for (int i = 0; i < 50; i++) {
                smallOut.put(i);
                assertThat(smallBack.take()).isEqualTo(i);
            }
            assertThat(back.take()).isEqualTo(QueueActions.pattern(bytes));
            echo.join();
            small.join();
        }
    }

    @Test
    @DisplayName("Q21 in small: the owner's close is told to a child that waits")
    void closeIsTold() throws Exception {
        try (Queue<String> told = queue()) {
            Queue<Integer> queue = queue();
            Process child = Process.start(QueueActions.takeUntilClosed(queue, told));
            assertThat(told.take()).isEqualTo("ready");
            queue.close();
            assertThat(told.poll(LONG))
                    .startsWith("QueueClosedException: the queue ")
                    .contains("closed");
            child.join();
        }
    }

    @Test
    @DisplayName("Q32: several consumers share the items, none twice")
    void severalConsumers() throws Exception {
        try (Queue<Integer> tasks = bounded(20);
                Queue<Integer> results = queue()) {
            List<Process> consumers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                consumers.add(Process.start(QueueActions.move(tasks, results, 200)));
            }
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                tasks.put(i);
                all.add(i);
            }
            for (Process consumer : consumers) {
                consumer.join();
            }
            assertThat(results.drain(1000)).containsExactlyInAnyOrderElementsOf(all);
        }
    }
}
