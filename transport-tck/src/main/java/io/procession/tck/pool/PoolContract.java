package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.pool.Pool;
import io.procession.process.Process;
import io.procession.process.WorkerOptions;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in, results out, and what goes wrong in between. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("NullAway") // nulls are passed on purpose, and causes asserted by use
public abstract class PoolContract {
    @TempDir
    Path directory;

    /** For a test class of the transport. */
    protected PoolContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private Pool pool(int workers) {
        return Pool.builder().workers(workers).transport(transport()).build();
    }

    @Test
    @DisplayName("A task that captures a pool, or a process, is refused at once with what to do instead")
    void whatDoesNotTravel() throws Exception {
        try (Pool pool = pool(1);
                Process process = Process.builder().unstarted(() -> {})) {
            assertThatThrownBy(() -> pool.submit(() -> pool.toString()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("(captured value 1: Pool): a Pool stays in the process that made it");
            assertThatThrownBy(() -> pool.submit(() -> process.pid()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("(captured value 1: Process): a Process can be waited for only where");
        }
    }

    @Test
    @Tag("smoke")
    @DisplayName("L02, X02: map gives the results of a sequential map, in order")
    void mapKeepsOrder() throws Exception {
        try (Pool pool = pool(2)) {
            assertThat(pool.map(Tasks::square, List.of(1, 2, 3, 4, 5))).containsExactly(1, 4, 9, 16, 25);
            List<Integer> many = IntStream.range(0, 100_000).boxed().toList();
            assertThat(pool.map(Tasks::square, many))
                    .isEqualTo(many.stream().map(i -> i * i).toList());
        }
    }

    @Test
    @DisplayName("L36 in small: the sum of squares over several workers, each of which works")
    void allWorkersWork() throws Exception {
        try (Pool pool = pool(4)) {
            List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
            int sum = pool.map(Tasks::square, numbers).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertThat(sum).isEqualTo(332_833_500);
            Set<Long> pids = new TreeSet<>();
            while (pids.size() < 4) { // bounded by the watchdog
                pids.addAll(pool.map(Tasks::pid, numbers));
            }
            assertThat(pids).hasSize(4).doesNotContain(ProcessHandle.current().pid());
        }
    }

    @Test
    @DisplayName("L19: map over nothing gives nothing")
    void mapOverNothing() throws Exception {
        try (Pool pool = pool(1)) {
            assertThat(pool.map(Tasks::square, List.of())).isEmpty();
        }
    }

    @Test
    @DisplayName("L01, X01: submit gives the result, null included")
    void submitGivesTheResult() {
        int captured = 5;
        try (Pool pool = pool(1)) {
            assertThat(pool.submit(() -> captured * captured).join()).isEqualTo(25);
            assertThat(pool.submit(() -> (String) null).join()).isNull();
            assertThat(pool.submit(() -> System.setProperty("procession.tck", "done"))
                            .join())
                    .isNull();
            assertThat(pool.submit(() -> System.getProperty("procession.tck")).join())
                    .isEqualTo("done");
        }
    }

    @Test
    @DisplayName("L10, L40: get with a timeout gives up, the task goes on, and get can be called again and again")
    void getCanBeRepeated() throws Exception {
        Path gate = directory.resolve("gate");
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> future = pool.submit(() -> Tasks.squareAfter(gate, 7));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(0, TimeUnit.SECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(-1, TimeUnit.SECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS));
            Files.createFile(gate);
            assertThat(future.get()).isEqualTo(49);
            assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo(49);
            assertThat(future.join()).isEqualTo(49);
        }
    }

    @Test
    @Tag("smoke")
    @DisplayName("L22, L24, X17: a task's exception arrives as its own type, its cause tells the trace in the worker")
    void exceptionsKeepTheirType() {
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> future = pool.submit(() -> Tasks.failAt13(13));
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .satisfies(e -> {
                        assertThat(e.getCause()).isInstanceOf(IOException.class).hasMessage("unlucky 13");
                        assertThat(e.getCause().getCause()).hasMessageContaining("Tasks.failAt13(Tasks.java:");
                    });
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> pool.map(i -> 1 / i, List.of(1, 0)));
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> pool.map(Tasks::failAt13, List.of(11, 12, 13)))
                    .withCauseInstanceOf(IOException.class)
                    .satisfies(e -> assertThat(e.getCause().getSuppressed())
                            .anySatisfy(note -> assertThat(note).hasMessageContaining("item 2 of 3")));
            assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("L23: an exception of the input's iterator is the caller's own")
    void iteratorsFailInTheCaller() throws Exception {
        IllegalStateException broken = new IllegalStateException("no more");
        Iterable<Integer> items = () -> {
            throw broken;
        };
        try (Pool pool = pool(1)) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> pool.map(Tasks::square, items))
                    .isSameAs(broken);
            assertThat(pool.map(Tasks::square, List.of(3))).containsExactly(9);
        }
    }

    @Test
    @DisplayName("L06, X44, X47: what cannot be serialised fails its own call, and the pool goes on")
    void refusesWhatCannotTravel() throws Exception {
        Thread unserialisable = Thread.currentThread();
        try (Pool pool = pool(1)) {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> pool.submit(() -> unserialisable.getName()));
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> pool.map(String::valueOf, List.of(1, unserialisable)));
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> Thread.currentThread()).get())
                    .withCauseInstanceOf(SerializationException.class);
            assertThat(pool.map(Tasks::square, List.of(3))).containsExactly(9);
        }
    }

    @Test
    @Tag("smoke")
    @DisplayName("What a task prints, or throws away of its streams, breaks nothing")
    void outputIsTheTasksOwn() {
        try (Pool pool = pool(1)) {
            assertThat(pool.submit(() -> {
                                System.out.close();
                                System.in.close();
                                return 1;
                            })
                            .join())
                    .isEqualTo(1);
            assertThat(pool.submit(() -> 2).join()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("Arguments and results of 64 MB pass, and small tasks pass them by")
    void largePayloads() {
        byte[] large = new byte[64 << 20];
        Arrays.fill(large, (byte) 7);
        try (Pool pool = pool(2)) {
            CompletableFuture<byte[]> echo = pool.submit(() -> large);
            List<CompletableFuture<Integer>> small = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                small.add(pool.submit(() -> number));
            }
            assertThat(small.stream().map(CompletableFuture::join).toList())
                    .isEqualTo(IntStream.range(0, 100).boxed().toList());
            assertThat(echo.join()).isEqualTo(large);
        }
    }

    @Test
    @DisplayName("Arguments are copied by the time submit returns")
    void argumentsAreCopied() {
        int[] numbers = {1, 2, 3};
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> first = pool.submit(() -> numbers[0]);
            numbers[0] = 100;
            assertThat(first.join()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F06: dependent stages run on threads that receive nothing, one that throws harms no other")
    void stagesRunElsewhere() throws Exception {
        Path gate = directory.resolve("gate"); // a stage that is added later runs at once, here
        try (Pool pool = pool(1)) {
            CompletableFuture<Integer> future = pool.submit(() -> Tasks.squareAfter(gate, 1));
            CompletableFuture<String> thread =
                    future.thenApply(one -> Thread.currentThread().getName());
            CompletableFuture<Integer> bad = future.thenApply(one -> 1 / (one - 1));
            CompletableFuture<Integer> waiting =
                    future.thenApply(one -> pool.submit(() -> 41).join() + one);
            Files.createFile(gate);
            assertThat(CompletableFuture.allOf(thread, waiting)).succeedsWithin(java.time.Duration.ofMinutes(1));
            assertThat(thread.join()).contains("callback");
            assertThat(waiting.join()).isEqualTo(42);
            assertThat(bad).failsWithin(java.time.Duration.ofMinutes(1));
        }
    }

    @Test
    @DisplayName("P14: a pool has as many workers as there are processors, unless it is told")
    void defaultSize() {
        try (Pool pool = Pool.builder().transport(transport()).build()) {
            assertThat(pool.workers())
                    .isEqualTo(Runtime.getRuntime().availableProcessors())
                    .isPositive();
            assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("L17, X12: a pool of no workers is refused")
    void refusesNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pool.of(0)).withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> Pool.of(-1)).withMessageContaining("-1");
        try (Pool pool = pool(1)) {
            assertThatNullPointerException().isThrownBy(() -> pool.map(null, List.of()));
            assertThatNullPointerException().isThrownBy(() -> pool.map(Tasks::square, null));
        }
    }

    @Test
    @DisplayName("L20, L37, L38, X33: close finishes what was accepted, twice is fine, and refuses the rest")
    void closeFinishesWhatWasAccepted() {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        Pool pool = pool(2);
        try (pool) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                futures.add(pool.submit(() -> number));
            }
        }
        pool.close();
        assertThat(futures).allSatisfy(future -> assertThat(future).isCompleted());
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> pool.submit(() -> 1))
                .withMessageContaining("closed");
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> pool.map(Tasks::square, List.of(1)));
    }

    @Test
    @DisplayName("L30 in small, X19: workers have the options given and are no more than asked for")
    void workersHaveTheirOptions() throws Exception {
        try (Pool pool = Pool.builder()
                .workers(2)
                .transport(transport())
                .name("tenants")
                .workerOptions(WorkerOptions.defaults().maxHeap("48m").systemProperty("tenant", "a b"))
                .build()) {
            assertThat(pool.submit(() -> System.getProperty("tenant")).join()).isEqualTo("a b");
            assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).join())
                    .isLessThanOrEqualTo(48L << 20);
            Set<Long> pids = new TreeSet<>(
                    pool.map(Tasks::pid, IntStream.range(0, 1000).boxed().toList()));
            assertThat(pids).hasSizeBetween(1, 2);
            assertThat(pool.toString()).contains("tenants", "2 workers");
        }
    }
}
