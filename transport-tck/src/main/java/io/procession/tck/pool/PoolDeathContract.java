package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.DeathCause;
import io.procession.pool.EndReason;
import io.procession.pool.Pool;
import io.procession.pool.WorkerDiedException;
import io.procession.pool.WorkerStage;
import io.procession.process.WorkerOptions;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.testing.Signal;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All the ways in which a task can end its worker, and what is told about each. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings("NullAway") // causes are asserted by use
public abstract class PoolDeathContract extends PoolSuite {
    /** For a test class of the transport. */
    protected PoolDeathContract() {}

    private static WorkerDiedException death(CompletableFuture<?> future) {
        Throwable failure = failure(future);
        assertThat(failure).isInstanceOf(WorkerDiedException.class);
        return (WorkerDiedException) failure;
    }

    private static void assertWhole(Pool pool) {
        assertThat(pool.submit(() -> 5).join()).isEqualTo(5);
    }

    @Test
    @DisplayName("exit: code, age, attempts, and that somebody called System.exit")
    void exit() {
        try (Pool pool = builder(1).build()) {
            WorkerDiedException died = death(pool.submit(() -> System.exit(7)));
            assertThat(died.exitCode()).isEqualTo(7);
            assertThat(died.likelyCause()).isEqualTo(DeathCause.EXIT);
            assertThat(died.attempts()).isEqualTo(1);
            assertThat(died.age()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(2));
            assertThat(died.workerName()).startsWith(pool.name());
            assertThat(died.crashFile()).isEmpty();
            assertThat(died).hasMessageContaining("System.exit");
            assertWhole(pool);
        }
    }

    @Test
    @DisplayName("halt is told from exit")
    void halt() {
        try (Pool pool = builder(1).build()) {
            WorkerDiedException died =
                    death(pool.submit(() -> Runtime.getRuntime().halt(7)));
            assertThat(died.exitCode()).isEqualTo(7);
            assertThat(died.likelyCause()).isEqualTo(DeathCause.HALT);
            assertWhole(pool);
        }
    }

    @Test
    @DisplayName(
            "Short tasks that a worker had finished just before another killed it have their results, and those behind it run elsewhere")
    void finishedJustBefore() {
        try (Pool pool = builder(1).build()) {
            for (int round = 0; round < 5; round++) {
                List<CompletableFuture<Integer>> before = squares(pool, 300);
                CompletableFuture<Void> killer =
                        pool.submit(() -> Runtime.getRuntime().halt(7));
                List<CompletableFuture<Integer>> behind = squares(pool, 300);
                assertThat(death(killer).exitCode()).isEqualTo(7);
                assertSquares(before);
                assertSquares(behind);
            }
        }
    }

    private static List<CompletableFuture<Integer>> squares(Pool pool, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> pool.submit(() -> Tasks.square(number)))
                .toList();
    }

    private static void assertSquares(List<CompletableFuture<Integer>> results) {
        for (int number = 0; number < results.size(); number++) {
            assertThat(results.get(number).join()).isEqualTo(number * number);
        }
    }

    @Test
    @DisplayName("kill -9 among a flood of short tasks fails at most the one that ran, and none runs twice")
    void killedInAFlood() throws Exception {
        int count = 20_000;
        Path file = directory.resolve("runs");
        CountedRuns.create(file, count);
        String name = file.toString();
        try (Pool pool = builder(2).build()) {
            List<CompletableFuture<Integer>> tasks = new ArrayList<>();
            int kills = 0;
            for (int number = 0; number < count; number++) {
                int task = number;
                tasks.add(pool.submit(() -> CountedRuns.run(name, task)));
                if (number % 5000 == 4999) {
                    killOneThatWorks(pool);
                    kills++;
                }
            }
            int failed = 0;
            for (int number = 0; number < count; number++) {
                try {
                    assertThat(tasks.get(number).join()).isEqualTo(number);
                    assertThat(CountedRuns.count(name, number))
                            .as("runs of %d", number)
                            .isEqualTo(1);
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isInstanceOf(WorkerDiedException.class);
                    assertThat(CountedRuns.count(name, number))
                            .as("runs of %d", number)
                            .isLessThanOrEqualTo(1);
                    failed++;
                }
            }
            assertThat(failed).isLessThanOrEqualTo(kills);
        }
    }

    /** Not one that is starting: three of these in a row end their pool. */
    private static void killOneThatWorks(Pool pool) throws InterruptedException {
        List<Long> ready = new ArrayList<>();
        Eventually.holds("a worker is ready", () -> {
            pool.stats().workers().stream()
                    .filter(worker -> worker.state() == WorkerStage.READY)
                    .forEach(worker -> ready.add(worker.pid()));
            return !ready.isEmpty();
        });
        kill(ready.get(0));
    }

    @Test
    @DisplayName("Results of short tasks do not wait for a long one that the same worker runs next")
    void shortOnesBeforeALongOne() {
        try (Pool pool = builder(1).build()) {
            List<CompletableFuture<Integer>> before = squares(pool, 300);
            CompletableFuture<Void> endless = pool.submit(() -> new CountDownLatch(1).await());
            assertSquares(before);
            assertThat(endless).isNotDone();
            endless.cancel(true);
        }
    }

    @Test
    @DisplayName("A native crash names its signal and its hs_err file")
    void nativeCrash() {
        WorkerOptions here = WorkerOptions.defaults().directory(directory).jvmArgs("-XX:-CreateCoredumpOnCrash");
        try (Pool pool = builder(1).workerOptions(here).build()) {
            WorkerDiedException died = death(pool.submit(() -> writeToNowhere()));
            assertThat(died.signal()).contains("SIGSEGV");
            assertThat(died.likelyCause()).isEqualTo(DeathCause.NATIVE_CRASH);
            assertThat(died.crashFile())
                    .hasValueSatisfying(file -> assertThat(file).exists().hasParent(directory));
            assertWhole(pool);
        }
    }

    private static void writeToNowhere() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 8L, 8L);
    }

    @Test
    @Tag("smoke")
    @DisplayName("SIGABRT and SIGKILL from outside are told apart")
    void signals() throws Exception {
        try (Pool pool = builder(1).build()) {
            CompletableFuture<Integer> killed = pool.submit(Spinning.at(directory.resolve("killed")));
            kill(announced(directory.resolve("killed")));
            assertThat(death(killed).likelyCause()).isEqualTo(DeathCause.KILLED);
            CompletableFuture<Integer> asked = pool.submit(Spinning.at(directory.resolve("asked")));
            Signal.send("TERM", announced(directory.resolve("asked")));
            WorkerDiedException died = death(asked);
            assertThat(died.signal()).contains("SIGTERM");
            assertThat(died.likelyCause()).isEqualTo(DeathCause.KILLED);
            assertWhole(pool);
        }
    }

    @Test
    @DisplayName("OutOfMemoryError fails its task as itself, and the worker that met it is replaced")
    void outOfMemory() throws Exception {
        try (Pool pool = builder(1)
                .workerOptions(WorkerOptions.defaults().maxHeap("64m"))
                .build()) {
            long before = pid(pool);
            assertThat(failure(pool.submit(() -> new long[64 << 20]))).isInstanceOf(OutOfMemoryError.class);
            assertThat(pid(pool)).isNotEqualTo(before);
            Eventually.holds(
                    "the replacement is counted",
                    () -> pool.stats().endings().equals(Map.of(EndReason.OUT_OF_MEMORY, 1L)));
        }
    }

    @Test
    @DisplayName("A worker that ends itself at OutOfMemoryError says so")
    void outOfMemoryForGood() {
        WorkerOptions options = WorkerOptions.defaults().maxHeap("64m").jvmArgs("-XX:+ExitOnOutOfMemoryError");
        try (Pool pool = builder(1).workerOptions(options).build()) {
            WorkerDiedException died = death(pool.submit(() -> new long[64 << 20]));
            assertThat(died.likelyCause()).isEqualTo(DeathCause.OUT_OF_MEMORY);
            assertWhole(pool);
        }
    }

    @Test
    @DisplayName("A stack overflow in Java fails its task, and the worker lives on")
    void stackOverflow() {
        try (Pool pool = builder(1).build()) {
            long before = pid(pool);
            assertThat(failure(pool.submit(() -> depth(0)))).isInstanceOf(StackOverflowError.class);
            assertThat(pid(pool)).isEqualTo(before);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // on purpose
    private static int depth(int level) {
        return depth(level + 1) + 1;
    }

    @Test
    @DisplayName("A stack that overflows in native code ends the worker, which is told from other crashes")
    void nativeStackOverflow() {
        WorkerOptions options = WorkerOptions.defaults().directory(directory).jvmArgs("-XX:-CreateCoredumpOnCrash");
        try (Pool pool = builder(1).workerOptions(options).build()) {
            WorkerDiedException died = death(pool.submit(NativeDepth::overflow));
            assertThat(died.signal()).contains("SIGSEGV");
            assertThat(died.likelyCause()).isEqualTo(DeathCause.STACK_OVERFLOW);
            assertThat(died).hasMessageContaining("a stack overflowed in native code");
            assertWhole(pool);
        }
    }

    @Test
    @DisplayName("A failing class initialiser fails its task, also when it is met again")
    void failingInitialiser() {
        try (Pool pool = builder(1).build()) {
            assertThat(failure(pool.submit(() -> Unlucky.VALUE)))
                    .isInstanceOf(ExceptionInInitializerError.class)
                    .hasStackTraceContaining("not today");
            assertThat(failure(pool.submit(() -> Unlucky.VALUE))).isInstanceOf(NoClassDefFoundError.class);
            assertWhole(pool);
        }
    }

    static final class Unlucky {
        static final int VALUE = fail();

        private static int fail() {
            throw new IllegalStateException("not today");
        }
    }

    @Test
    @DisplayName("X45, X47: a crash while a task is decoded or its result encoded is the task's own")
    void crashesAroundTheTask() {
        try (Pool pool = builder(1).build()) {
            Deadly decoded = new Deadly(false, true);
            assertThat(death(pool.submit(() -> decoded.hashCode())).exitCode()).isEqualTo(4);
            assertThat(death(pool.submit(() -> new Deadly(true, false))).exitCode())
                    .isEqualTo(3);
            assertWhole(pool);
        }
    }

    @Test
    @DisplayName("X48: a result that cannot be decoded fails one future only")
    void resultThatCannotBeDecoded() {
        try (Pool pool = builder(1).build()) {
            long before = pid(pool);
            assertThat(failure(pool.submit(() -> new Undecodable()))).hasStackTraceContaining("no thanks");
            assertThat(pid(pool)).isEqualTo(before);
        }
    }

    /** Ends the process that encodes or decodes it. */
    static final class Deadly implements Externalizable {
        private static final long serialVersionUID = 1L;

        private final transient boolean whenWritten;
        private final boolean whenRead;

        public Deadly() {
            this(false, true);
        }

        Deadly(boolean whenWritten, boolean whenRead) {
            this.whenWritten = whenWritten;
            this.whenRead = whenRead;
        }

        @Override
        public void writeExternal(ObjectOutput out) {
            if (whenWritten) {
                Runtime.getRuntime().halt(3);
            }
        }

        @Override
        public void readExternal(ObjectInput in) {
            if (whenRead) {
                Runtime.getRuntime().halt(4);
            }
        }
    }

    /** Can be written and not read. */
    static final class Undecodable implements Externalizable {
        private static final long serialVersionUID = 1L;

        public Undecodable() {}

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {
            throw new IllegalStateException("no thanks");
        }
    }

    @Test
    @DisplayName(
            "A worker that dies in the middle of an argument of 100 MB had not started it: the task runs elsewhere")
    void deathInTheMiddleOfAnArgument() throws Exception {
        byte[] argument = new byte[100_000_000];
        try (Pool pool = builder(1).build()) {
            long worker = pid(pool);
            Signal.send("STOP", worker); // so it cannot take it all
            CompletableFuture<Integer> length = pool.submit(() -> argument.length);
            kill(worker);
            assertThat(length.join()).isEqualTo(argument.length);
            assertThat(pid(pool)).isNotEqualTo(worker);
        }
    }

    @Test
    @DisplayName(
            "A crash in the middle of reading an argument of 100 MB is the task's own; those behind it run elsewhere")
    void crashInTheMiddleOfAnArgument() {
        try (Pool pool = builder(1).build()) {
            DeadlyInTheMiddle argument = new DeadlyInTheMiddle();
            CompletableFuture<Integer> deadly = pool.submit(() -> argument.hashCode());
            List<CompletableFuture<Integer>> behind = squares(pool, 20);
            WorkerDiedException died = death(deadly);
            assertThat(died.exitCode()).isEqualTo(6);
            assertThat(died.attempts()).isEqualTo(1);
            assertSquares(behind);
        }
    }

    /** Has a hundred megabytes, and ends the process that reads it when it has read half of them. */
    static final class DeadlyInTheMiddle implements Externalizable {
        private static final long serialVersionUID = 1L;
        private static final int PIECES = 100;

        public DeadlyInTheMiddle() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            for (int i = 0; i < PIECES; i++) {
                out.write(new byte[1_000_000]);
            }
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            for (int i = 0; i < PIECES / 2; i++) {
                in.readFully(new byte[1_000_000]);
            }
            Runtime.getRuntime().halt(6);
        }
    }

    @Test
    @DisplayName("A task too large for the heap of any worker fails, and the pool lives on")
    void argumentThatNoWorkerCanTake() {
        byte[] argument = new byte[100_000_000];
        try (Pool pool = builder(1)
                .workerOptions(WorkerOptions.defaults().maxHeap("32m"))
                .build()) {
            Throwable failure = failure(pool.submit(() -> argument.length));
            assertThat(failure).isInstanceOfAny(WorkerDiedException.class, OutOfMemoryError.class);
            assertWhole(pool);
        }
    }

    @Test
    @DisplayName("X16: each future has an exception of its own, and asking again does not make it longer")
    void ownExceptions() {
        try (Pool pool = builder(2).build()) {
            List<CompletableFuture<Void>> futures = List.of(
                    pool.submit(() -> Runtime.getRuntime().halt(1)),
                    pool.submit(() -> Runtime.getRuntime().halt(1)));
            WorkerDiedException first = death(futures.get(0));
            WorkerDiedException second = death(futures.get(1));
            assertThat(first).isNotSameAs(second);
            assertThat(first.taskId()).isNotEqualTo(second.taskId());
            assertThat(death(futures.get(0))).isSameAs(first);
            assertThat(first.getSuppressed()).isEmpty();
        }
    }
}
