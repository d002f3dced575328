package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.queue.JoinableQueue;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.testing.Eventually;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Rows of the behaviour contract as what one process does with a queue that it got: in the process of its owner, or in any other. What does not hold is an {@link AssertionError} there. */
@SuppressWarnings("NullAway") // null is an item like any other
final class Rows {
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofSeconds(60);

    private Rows() {}

    /** With a queue of six, empty before and after. */
    static void fullAndEmpty(Queue<Integer> queue) throws InterruptedException {
        assertThat(queue.isEmpty()).isTrue();
        queue.put(1);
        assertThat(queue.offer(2)).isTrue();
        assertThat(queue.offer(3, LONG)).isTrue();
        queue.putAll(List.of(4, 5));
        assertThat(queue.offer(6, Duration.ZERO)).isTrue();
        assertThat(queue.size()).isEqualTo(6);
        assertThat(queue.remainingCapacity()).isZero();
        assertThat(queue.offer(7)).isFalse();
        assertThat(queue.offer(7, Duration.ZERO)).isFalse();
        assertThat(queue.offer(7, Duration.ofSeconds(-1))).isFalse();
        long before = System.nanoTime();
        assertThat(queue.offer(7, SHORT)).isFalse();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(queue.take()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(2);
        assertThat(queue.poll(LONG)).isEqualTo(3);
        assertThat(queue.drain(2)).containsExactly(4, 5);
        assertThat(queue.takeAsync().join()).isEqualTo(6);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.remainingCapacity()).isEqualTo(6);
        assertThat(queue.poll()).isNull();
        assertThat(queue.poll(Duration.ZERO)).isNull();
        assertThat(queue.poll(Duration.ofSeconds(-1))).isNull();
        assertThat(queue.drain(3)).isEmpty();
        before = System.nanoTime();
        assertThat(queue.poll(SHORT)).isNull();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    static void sizes(Queue<Integer> queue) throws InterruptedException {
        assertThat(queue.size()).isZero();
        queue.put(1);
        assertThat(queue.size()).isEqualTo(1);
        queue.put(2);
        assertThat(queue.size()).isEqualTo(2);
        queue.take();
        assertThat(queue.size()).isEqualTo(1);
        queue.take();
        assertThat(queue.size()).isZero();
        for (int i = 0; i < 1000; i++) {
            queue.put(i);
        }
        // However far items run ahead of who takes.
        for (int i = 0; i < 1000; i++) {
            assertThat(queue.size()).isEqualTo(1000 - i);
            assertThat(queue.take()).isEqualTo(i);
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    static void nulls(Queue<String> queue) throws InterruptedException {
        queue.put(null);
        queue.put("a");
        queue.putAll(Arrays.asList(null, "b"));
        assertThat(queue.take()).isNull();
        assertThat(queue.drain(5)).isEqualTo(Arrays.asList("a", null, "b"));
        assertThat(queue.drain(1)).isEmpty();
        queue.put(null);
        assertThat(queue.drain(1)).isEqualTo(Collections.singletonList(null));
    }

    /** With a queue of one. */
    static void unserializable(Queue<Object> queue) throws InterruptedException {
        Thread bad = new Thread("cannot travel");
        assertThatThrownBy(() -> queue.put(bad)).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> queue.putAll(List.of(bad))).isInstanceOf(SerializationException.class);
        queue.put("next");
        assertThat(queue.take()).isEqualTo("next");
        AtomicReference<Object> item = new AtomicReference<>();
        AtomicReference<Exception> why = new AtomicReference<>();
        queue.onUnserializable((object, failure) -> {
            item.set(object);
            why.set(failure);
        });
        queue.put(bad);
        assertThat(item.getAndSet(null)).isSameAs(bad);
        assertThat(why.get()).isInstanceOf(SerializationException.class).hasMessageContaining("java.lang.Thread");
        assertThat(queue.offer(bad)).isTrue();
        assertThat(item.getAndSet(null)).isSameAs(bad);
        queue.putAll(List.of(bad, "good"));
        assertThat(item.get()).isSameAs(bad);
        assertThat(queue.take()).isEqualTo("good");
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.remainingCapacity()).isEqualTo(1);
        queue.onUnserializable(null);
        assertThatThrownBy(() -> queue.put(bad)).isInstanceOf(SerializationException.class);
    }

    static void closed(Queue<Integer> queue) throws InterruptedException {
        queue.put(1);
        queue.close();
        queue.close();
        assertThat(queue.isClosed()).isTrue();
        assertThat(queue.toString()).contains("closed");
        assertNothingPut(queue, QueueClosedException.Reason.CLOSED_BY_OWNER, QueueClosedException.Reason.CLOSED_HERE);
        assertNothingTaken(queue, QueueClosedException.Reason.CLOSED_BY_OWNER, QueueClosedException.Reason.CLOSED_HERE);
        assertEnded(queue::size, QueueClosedException.Reason.CLOSED_BY_OWNER, QueueClosedException.Reason.CLOSED_HERE);
        assertEnded(
                queue::isEmpty, QueueClosedException.Reason.CLOSED_BY_OWNER, QueueClosedException.Reason.CLOSED_HERE);
    }

    /** With a queue of at most 1000 bytes. */
    static void bytes(Queue<byte[]> queue) throws InterruptedException {
        queue.put(new byte[400]);
        queue.put(new byte[400]);
        assertThat(queue.offer(new byte[400])).isFalse();
        assertThat(queue.offer(new byte[100])).isTrue();
        assertThatThrownBy(() -> queue.put(new byte[2000]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000 bytes");
        assertThat(queue.drain(9)).hasSize(3);
        assertThat(queue.offer(new byte[900])).isTrue();
        assertThat(queue.take()).hasSize(900);
    }

    /** After a shutdown that left nothing to take. */
    static void shutDown(Queue<Integer> queue) {
        assertNothingPut(queue, QueueClosedException.Reason.SHUT_DOWN);
        assertNothingTaken(queue, QueueClosedException.Reason.SHUT_DOWN);
        assertThat(queue.stream()).isEmpty();
        assertThat(queue.isClosed()).isFalse();
    }

    static void assertNothingPut(Queue<Integer> queue, QueueClosedException.Reason... reasons) {
        assertEnded(() -> queue.put(1), reasons);
        assertEnded(() -> queue.offer(1), reasons);
        assertEnded(() -> queue.offer(1, LONG), reasons); // told at once, but by an owner who may be slow
        assertEnded(() -> queue.putAll(List.of(1, 2)), reasons);
    }

    private static void assertNothingTaken(Queue<Integer> queue, QueueClosedException.Reason... reasons) {
        assertEnded(queue::take, reasons);
        assertEnded(queue::poll, reasons);
        assertEnded(() -> queue.poll(LONG), reasons);
        assertEnded(() -> queue.drain(1), reasons);
        assertEnded(
                () -> {
                    try {
                        queue.takeAsync().join();
                    } catch (CompletionException failure) {
                        throw failure.getCause();
                    }
                },
                reasons);
    }

    private static void assertEnded(ThrowingCallable call, QueueClosedException.Reason... reasons) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QueueClosedException.class,
                        ended -> assertThat(ended.reason()).isIn((Object[]) reasons));
    }

    static void noTaskIsLeft(JoinableQueue<Integer> queue) throws InterruptedException {
        assertThatThrownBy(queue::taskDone)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0 are unfinished");
        queue.join();
    }

    /** Of so many threads that wait, each is told of one item: it does not wake and wait again for those that others get. */
    static void wakeUps(Queue<Integer> queue, int callers) throws InterruptedException {
        ThreadMXBean told = ManagementFactory.getThreadMXBean();
        AtomicLong waits = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            queue.take();
                            waits.addAndGet(
                                    told.getThreadInfo(Thread.currentThread().getId())
                                            .getWaitedCount());
                        } catch (InterruptedException nobody) {
                            throw new AssertionError(nobody);
                        }
                    },
                    "caller",
                    128 << 10);
            thread.start();
            threads.add(thread);
        }
        Eventually.holds(
                "all wait",
                () -> threads.stream()
                        .allMatch(thread -> told.getThreadInfo(thread.getId()).getWaitedCount() > 0));
        for (int i = 0; i < callers; i++) {
            queue.put(i);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(waits.get()).as("waits of %d threads", callers).isLessThanOrEqualTo(10L * callers);
        assertThat(queue.isEmpty()).isTrue();
    }

    /** Callers without threads, more than anybody could afford threads for. */
    static void manyCallers(Queue<Integer> queue, Queue<Integer> ready, int callers) throws InterruptedException {
        int threadsBefore = Thread.activeCount();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(queue.takeAsync());
        }
        ready.put(callers);
        boolean[] seen = new boolean[callers];
        for (CompletableFuture<Integer> each : all) {
            int item = each.join();
            assertThat(seen[item]).isFalse();
            seen[item] = true;
        }
        assertThat(Thread.activeCount() - threadsBefore).as("threads for them").isLessThan(40);
        assertThat(queue.isEmpty()).isTrue();
        // Those who give up leave nothing behind.
        List<CompletableFuture<Integer>> given = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            given.add(queue.takeAsync());
        }
        given.forEach(each -> assertThat(each.cancel(true)).isTrue());
        ready.put(0);
        Eventually.holds("the item that nobody wants here is there for others", () -> {
            try {
                return queue.size() == 1;
            } catch (InterruptedException interrupt) {
                throw new IllegalStateException(interrupt);
            }
        });
    }
}
