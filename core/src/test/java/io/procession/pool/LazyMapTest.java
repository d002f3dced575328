package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.connection.Deadline;
import io.procession.task.TaskFunction;
import io.procession.testing.Eventually;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LazyMapTest {
    private final ByHand hand = new ByHand();
    private final Scheduler scheduler =
            new Scheduler(new PoolBuilder().name("by hand").workers(1).settings(), hand, hand);

    private LazyMap<Integer, Integer> map(int chunkSize) {
        scheduler.start();
        scheduler.ready(hand.launched.get(0));
        TaskFunction<Integer, Integer> function = item -> item;
        return new LazyMap<>(
                scheduler,
                TaskLimits.NONE,
                function,
                List.of(1, 2, 3, 4, 5, 6).iterator(),
                true,
                MapOptions.defaults().chunkSize(chunkSize),
                Runnable::run);
    }

    /** The ids of the tasks that the worker has, oldest first. */
    private List<Long> sent() {
        return hand.launched.get(0).held().stream().map(task -> task.id).toList();
    }

    private void answer(long task, List<Integer> results) {
        Encoded list = Codec.standard().encodeSelfContained(results);
        ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES + (int) list.sizeBytes())
                .putInt(0)
                .put(list.joined())
                .flip();
        scheduler.answered(
                hand.launched.get(0),
                List.of(new WorkerAnswer(task, new Answer.Value(answer, new ShapeTable()), 1_000_000, false)));
    }

    private static int next(LazyMap<Integer, Integer> map) throws Exception {
        return map.next(Deadline.after(null));
    }

    @Test
    @DisplayName("When the pool ends, what has no result fails in its place, so none is taken for another's")
    void endOfThePool() throws Exception {
        LazyMap<Integer, Integer> map = map(1);
        answer(sent().get(1), List.of(20));
        scheduler.end(() -> new CancellationException("ended"));
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> next(map));
        assertThat(next(map)).isEqualTo(20);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> next(map));
    }

    @Test
    @DisplayName(
            "The neighbours of an item that failed with its chunk run although the pool is being closed, also if nobody takes results")
    void neighboursRun() throws Exception {
        LazyMap<Integer, Integer> map = map(3);
        List<Long> chunks = sent();
        scheduler.shutdown();
        answer(chunks.get(1), List.of(40, 50, 60));
        Worker worker = hand.launched.get(0);
        Answer lost = new Answer.Lost(new ArithmeticException("the first"), 0);
        scheduler.answered(worker, List.of(new WorkerAnswer(chunks.get(0), lost, 1, false)));
        assertThat(hand.said(worker)).doesNotContain("retire");
        assertThat(sent()).hasSize(1);
        answer(sent().get(0), List.of(20, 30));
        assertThat(hand.said(worker)).contains("retire");
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> next(map));
        for (int i = 2; i <= 6; i++) {
            assertThat(next(map)).isEqualTo(10 * i);
        }
        assertThat(map.hasNext(Deadline.after(null))).isFalse();
    }

    @Test
    @DisplayName(
            "What an input has given, less than a chunk and quickly, is sent to a worker with nothing to do although the input gives no more and nobody takes results")
    void leftOver() throws Exception {
        Scheduler two =
                new Scheduler(new PoolBuilder().name("by hand").workers(2).settings(), hand, hand);
        two.start();
        hand.launched.forEach(two::ready);
        CountDownLatch blocked = new CountDownLatch(1);
        Iterator<Integer> input = Stream.generate(new AtomicInteger()::incrementAndGet)
                .peek(item -> {
                    if (item == 4) {
                        blocked.countDown();
                        while (!Thread.currentThread().isInterrupted()) { // until the map is closed
                            LockSupport.park();
                        }
                    }
                })
                .iterator();
        LinkedBlockingQueue<Runnable> chores = new LinkedBlockingQueue<>();
        TaskFunction<Integer, Integer> function = item -> item;
        LazyMap<Integer, Integer> map = new LazyMap<>(
                two,
                TaskLimits.NONE,
                function,
                input,
                true,
                MapOptions.defaults().chunkSize(2).readInBackground(),
                chores::add);
        blocked.await();
        // Whether it was sent by the thread that reads, since this machine was slow, or is to be sent by others.
        Eventually.holds("two chunks are sent", () -> {
            Runnable chore = chores.poll();
            if (chore != null) {
                chore.run();
            }
            return hand.launched.stream().allMatch(worker -> worker.held().size() == 1);
        });
        map.close();
    }

    @Test
    @DisplayName("What cannot be sent again, because the pool has ended, fails in its place")
    void refusedNeighbours() throws Exception {
        LazyMap<Integer, Integer> map = map(3);
        List<Long> chunks = sent();
        answer(chunks.get(1), List.of(40, 50, 60));
        scheduler.shutdownNow();
        scheduler.answered(
                hand.launched.get(0),
                List.of(new WorkerAnswer(
                        chunks.get(0), new Answer.Lost(new ArithmeticException("the first"), 0), 1, false)));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> next(map));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> next(map));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> next(map));
        assertThat(next(map)).isEqualTo(40);
    }
}
