package io.procession.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.procession.codec.SerializationException;
import io.procession.pool.MapOptions;
import io.procession.pool.Pool;
import io.procession.pool.PoolBuilder;
import io.procession.pool.Results;
import io.procession.process.Process;
import io.procession.process.WorkerOptions;
import io.procession.queue.Queue;
import io.procession.task.Action;
import io.procession.tck.process.ClassPathWithout;
import io.procession.testing.Guarded;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that lack a transport, among others that have it. All have pipes; {@code shm} is not on the class path of some. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
class LackingTransportTest {
    private static Queue<Object> over(String transport) {
        return Queue.builder().transport(transport).create();
    }

    private static PoolBuilder poolWithout() {
        return Pool.builder()
                .name("deprived")
                .workers(1)
                .transport("pipe")
                .workerOptions(WorkerOptions.defaults().jvmArgs("-cp", ClassPathWithout.transport("shm")));
    }

    private static void isRefusal(Throwable failure, String... receivers) {
        assertThat(failure)
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Queue number")
                .satisfies(told -> assertThat(receivers)
                        .anyMatch(receiver -> String.valueOf(told.getMessage())
                                .contains("is reached by the transport 'shm', which " + receiver)))
                .hasMessageContaining("does not have (it has pipe, socket)")
                .hasMessageContaining("add procession-transport-shm to its class path");
    }

    @Test
    @DisplayName(
            "a task with a queue that the workers cannot reach is refused when it is submitted, and the pool goes on")
    void tasks() throws Exception {
        try (Queue<Object> shared = over("shm");
                Queue<Object> piped = over("pipe");
                Pool pool = poolWithout().build()) {
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1); // a worker is ready
            String worker = "a worker of pool deprived";

            isRefusal(catchThrowable(() -> pool.submit(() -> shared.put(1))), worker);
            isRefusal(catchThrowable(() -> pool.map((Queue<Object> queue) -> queue.size(), List.of(shared))), worker);
            isRefusal(catchThrowable(() -> pool.map((Integer item) -> put(shared, item), List.of(1))), worker);

            assertThat(pool.map((Queue<Object> queue) -> put(queue, 2), List.of(piped)))
                    .containsExactly(2);
            assertThat(piped.take()).isEqualTo(2);
            assertThat(shared.isEmpty()).isTrue();
            assertThat(pool.stats().deaths()).isZero();
        }
    }

    @Test
    @DisplayName("an item of a lazy map that the workers cannot reach fails in its place")
    void lazyMaps() throws Exception {
        try (Queue<Object> shared = over("shm");
                Queue<Object> piped = over("pipe");
                Pool pool = poolWithout().build();
                Results<Integer> results = pool.mapLazy(
                        (Queue<Object> queue) -> put(queue, 3), List.of(piped, shared, piped), MapOptions.defaults())) {
            assertThat(results.next()).isEqualTo(3);
            isRefusal(catchThrowable(results::next), "");
            assertThat(results.next()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName(
            "what was encoded before the first worker was ready is refused before it is sent, and what follows runs")
    void beforeAWorkerIsReady() throws Exception {
        try (Queue<Object> shared = over("shm");
                Queue<Object> gate = over("pipe");
                Pool pool = poolWithout().initializer(gate::take).build()) {
            CompletableFuture<?> early = pool.submit(() -> shared.put(1));
            CompletableFuture<List<Integer>> map =
                    pool.mapAsync((Integer item) -> put(shared, item), List.of(1, 2, 3, 4));
            CompletableFuture<Integer> other = pool.submit(() -> 4);
            assertThat(early).isNotDone();
            gate.put("open");

            isRefusal(failure(early), "deprived-worker-1 (pid ");
            isRefusal(failure(map), "deprived-worker-1 (pid ");
            assertThat(other.get()).isEqualTo(4);
            assertThat(shared.isEmpty()).isTrue();
        }
    }

    @Test
    @DisplayName(
            "a lazy map whose function was encoded before the first worker was ready fails item by item, without a thread for each")
    void lazyMapsBeforeAWorkerIsReady() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Integer> items = IntStream.range(0, 2000).boxed().toList();
        try (Queue<Object> shared = over("shm");
                Queue<Object> gate = over("pipe");
                Pool pool = poolWithout().initializer(gate::take).build();
                Results<Integer> results = pool.mapLazy(
                        (Integer item) -> put(shared, item),
                        items,
                        MapOptions.defaults().chunkSize(items.size()))) {
            CompletableFuture<Integer> other = pool.submit(() -> 4);
            threads.resetPeakThreadCount();
            int before = threads.getPeakThreadCount();
            gate.put("open");

            for (int i = 0; i < items.size(); i++) {
                isRefusal(catchThrowable(results::next), "deprived-worker-1 (pid ", "a worker of pool deprived");
            }
            assertThat(results.hasNext()).isFalse();
            assertThat(other.get()).isEqualTo(4);
            assertThat(threads.getPeakThreadCount()).isLessThan(before + 50);
        }
    }

    @Test
    @DisplayName("what a pool's workers do first, and what a process does, is refused when they are started")
    void starts() throws Exception {
        try (Queue<Object> shared = over("shm")) {
            isRefusal(
                    catchThrowable(() -> poolWithout().initializer(shared::take).build()), "a worker of pool deprived");
            isRefusal(
                    catchThrowable(() -> Process.builder()
                            .name("poor")
                            .jvmArgs("--class-path", ClassPathWithout.transport("shm"))
                            .start(() -> shared.put(1))),
                    "process poor");
            Process.builder()
                    .jvmArgs("--class-path", ClassPathWithout.transport("socket"))
                    .start(() -> shared.put(2))
                    .join();
            assertThat(shared.take()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a result that the parent could not reach is refused by the worker, and the pool goes on")
    void results() throws Exception {
        String all = System.getProperty("java.class.path");
        try (Queue<Object> told = over("pipe")) {
            startWithout(() -> {
                try (Pool rich = Pool.builder()
                        .workers(1)
                        .transport("pipe")
                        .workerOptions(WorkerOptions.defaults().jvmArgs("-cp", all))
                        .build()) {
                    told.put(failure(rich.submit(() -> over("shm"))));
                    told.put(failure(rich.mapAsync((Integer item) -> over("shm"), List.of(1, 2))));
                    told.put(rich.submit(() -> 5).get());
                }
            });
            isRefusal((Throwable) told.take(), "poor (pid ");
            isRefusal((Throwable) told.take(), "poor (pid ");
            assertThat(told.take()).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("an item that the owner of a queue could not reach is refused when it is put, or left to the hook")
    void items() throws Exception {
        try (Queue<Object> shared = over("shm");
                Queue<Object> told = over("pipe")) {
            Process owner = startWithout(() -> {
                try (Queue<Object> own = over("pipe")) {
                    told.put(own);
                    told.put(List.of(own.take(), own.take(), own.take()));
                }
            });
            @SuppressWarnings("unchecked")
            Queue<Object> poor = (Queue<Object>) told.take();

            isRefusal(catchThrowable(() -> poor.put(List.of(1, shared))), "poor (pid ");
            isRefusal(catchThrowable(() -> poor.offer(shared)), "poor (pid ");
            isRefusal(catchThrowable(() -> poor.putAll(List.of(1, shared, 2))), "poor (pid ");
            List<Object> left = new ArrayList<>();
            poor.onUnserializable((item, refusal) -> left.add(item));
            poor.putAll(List.of(2, shared, 3));

            assertThat(left).containsExactly(shared);
            assertThat(told.take()).isEqualTo(List.of(1, 2, 3));
            owner.join();
        }
    }

    @Test
    @DisplayName("the first item that is put into a queue is refused as well, whatever the time it has")
    void firstItems() throws Exception {
        try (Queue<Object> shared = over("shm");
                Queue<Object> told = over("pipe")) {
            Process owner = startWithout(() -> {
                try (Queue<Object> one = over("pipe");
                        Queue<Object> other = over("pipe")) {
                    told.put(one);
                    told.put(other);
                    one.take();
                }
            });
            @SuppressWarnings("unchecked")
            List<Queue<Object>> poor = List.of((Queue<Object>) told.take(), (Queue<Object>) told.take());

            isRefusal(catchThrowable(() -> poor.get(0).offer(shared)), "poor (pid ");
            isRefusal(catchThrowable(() -> poor.get(1).putAll(List.of(shared))), "poor (pid ");
            poor.get(0).put("done");
            owner.join();
        }
    }

    @Test
    @DisplayName(
            "a taker that lacks the transport gets the item, is told by name when it uses the queue in it, and can hand it on")
    void takers() throws Exception {
        try (Queue<Object> shared = over("shm");
                Queue<Object> items = over("pipe");
                Queue<Object> told = over("pipe")) {
            items.put(List.of("label", shared));
            startWithout(() -> {
                        List<?> item = (List<?>) items.take();
                        Queue<?> unusable = (Queue<?>) item.get(1);
                        try {
                            unusable.take();
                        } catch (IllegalStateException e) {
                            told.put(String.valueOf(e.getMessage()));
                        }
                        told.put(item);
                    })
                    .join();
            assertThat((String) told.take()).startsWith("the transport 'shm' cannot be used; found: socket");
            assertThat(told.take()).isEqualTo(List.of("label", shared));
        }
    }

    private static int put(Queue<Object> queue, int item) throws InterruptedException {
        queue.put(item);
        return item;
    }

    private static Throwable failure(CompletableFuture<?> future) throws InterruptedException {
        try {
            throw new AssertionError("not refused: " + future.get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static Process startWithout(Action action) {
        return Process.builder()
                .name("poor")
                .jvmArgs("-cp", ClassPathWithout.transport("shm"))
                .start(action);
    }
}
