package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.procession.codec.SerializationException;
import io.procession.pool.BrokenPoolException;
import io.procession.pool.Pool;
import io.procession.pool.PoolBuilder;
import io.procession.pool.WorkerState;
import io.procession.task.Task;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a worker does before its first task and after its last. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // causes are asserted by use
public abstract class PoolInitializerContract {
    @TempDir
    Path directory;

    /** For a test class of the transport. */
    protected PoolInitializerContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private PoolBuilder builder(int workers) {
        return Pool.builder().workers(workers).transport(transport());
    }

    /** Not serialisable: it stays where it was made. */
    static final class State {
        private final Thread maker = Thread.currentThread();
        private int count;

        static State leaving(Path directory, String name) throws IOException {
            Files.createFile(
                    directory.resolve(name + "-" + ProcessHandle.current().pid()));
            return new State();
        }

        static int count(Object ignored) {
            State state = WorkerState.get(State.class);
            if (state.maker != Thread.currentThread()) {
                throw new AssertionError("made on " + state.maker);
            }
            return ++state.count;
        }
    }

    private List<String> left(String name) {
        return Arrays.stream(directory.toFile().list())
                .filter(file -> file.startsWith(name))
                .toList();
    }

    @Test
    @DisplayName(
            "L34, X42: the initializer runs once in each worker, before its first task, and tasks share what it made")
    void onceInEachWorker() throws Exception {
        String place = directory.toString();
        try (Pool pool = builder(2)
                .initializer(() -> State.leaving(Path.of(place), "made"))
                .build()) {
            List<Integer> counts =
                    pool.map(State::count, IntStream.range(0, 1000).boxed().toList());
            assertThat(counts).contains(1).allMatch(count -> count >= 1);
            Eventually.holds("both workers are initialised", () -> left("made").size() == 2);
            pool.map(State::count, IntStream.range(0, 1000).boxed().toList());
        }
        assertThat(left("made")).hasSize(2);
    }

    @Test
    @DisplayName("L34: the initializer runs even if no task does")
    void withoutATask() throws Exception {
        String place = directory.toString();
        try (Pool pool = builder(1)
                .initializer(() -> State.leaving(Path.of(place), "made"))
                .build()) {
            assertThat(pool.workers()).isEqualTo(1);
            Eventually.holds("the worker is initialised", () -> left("made").size() == 1);
        }
    }

    @Test
    @DisplayName("A worker that replaces a dead one is initialised, and only one that retires is finalised")
    void replacements() throws Exception {
        String place = directory.toString();
        try (Pool pool = builder(1)
                .initializer(() -> State.leaving(Path.of(place), "made"))
                .finalizer(() -> {
                    State.count(0);
                    State.leaving(Path.of(place), "ended");
                })
                .build()) {
            CompletableFuture<Integer> dead = pool.submit(() -> {
                Runtime.getRuntime().halt(3);
                return 0;
            });
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(dead::get);
            assertThat(pool.submit(() -> State.count(0)).get()).isEqualTo(1);
            assertThat(left("ended")).isEmpty();
        }
        assertThat(left("made")).hasSize(2);
        assertThat(left("ended")).hasSize(1);
    }

    @Test
    @DisplayName("Recycled workers are finalised, and their successors initialised")
    void recycling() throws Exception {
        String place = directory.toString();
        try (Pool pool = builder(1)
                .maxTasksPerWorker(2)
                .initializer(() -> State.leaving(Path.of(place), "made"))
                .finalizer(() -> State.leaving(Path.of(place), "ended"))
                .build()) {
            for (int i = 0; i < 4; i++) {
                assertThat(pool.submit(() -> State.count(0)).get()).isEqualTo(1 + i % 2);
            }
        }
        assertThat(left("made")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(left("ended")).hasSizeGreaterThanOrEqualTo(2);
    }

    private static int fails() throws IOException {
        throw new IOException("no model today");
    }

    @Test
    @DisplayName("An initializer that fails breaks the pool: each task is told why, with the trace in the worker")
    void failing() {
        try (Pool pool = builder(2).initializer(PoolInitializerContract::fails).build()) {
            CompletableFuture<Integer> task;
            try {
                task = pool.submit(() -> 1);
            } catch (RejectedExecutionException e) {
                task = CompletableFuture.failedFuture(e); // it was faster
            }
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(task::get)
                    .withCauseInstanceOf(BrokenPoolException.class)
                    .withRootCauseInstanceOf(io.procession.codec.RemoteTrace.class)
                    .withStackTraceContaining("no model today")
                    .withStackTraceContaining("the initializer of worker")
                    .withStackTraceContaining("PoolInitializerContract.fails(PoolInitializerContract.java:");
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> pool.submit(() -> 1))
                    .withMessageContaining("no model today");
        }
    }

    @Test
    @DisplayName("An initializer that hangs is ended, whether it minds the interrupt or not, and tells where it hung")
    void hanging() {
        String place = directory.toString();
        for (Task<Integer> hanging : List.<Task<Integer>>of(
                () -> Tasks.announceAndWait(
                        Path.of(place, "w" + ProcessHandle.current().pid())),
                () -> Tasks.announceAndSpin(
                        Path.of(place, "s" + ProcessHandle.current().pid())))) {
            long millis = 300;
            String trace = traceOfHanging(hanging, millis);
            while (!trace.contains("Tasks.announceAnd")) { // it had not come so far, on a busy machine
                millis *= 4;
                trace = traceOfHanging(hanging, millis);
            }
            assertThat(trace).contains(TimeoutException.class.getName(), "did not end within ");
        }
    }

    private String traceOfHanging(Task<Integer> initializer, long millis) {
        try (Pool pool =
                builder(1).initializer(initializer, Duration.ofMillis(millis)).build()) {
            CompletableFuture<Integer> task = pool.submit(() -> 1);
            StringWriter trace = new StringWriter();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(task::get)
                    .withCauseInstanceOf(BrokenPoolException.class)
                    .satisfies(failure -> failure.printStackTrace(new PrintWriter(trace)));
            return trace.toString();
        }
    }

    @Test
    @DisplayName("A finalizer that fails or hangs does not keep the pool from closing")
    void badFinalizers() throws Exception {
        String place = directory.toString();
        try (Pool pool = builder(1)
                .finalizer(() -> Tasks.announceAndSpin(Path.of(place, "spins")), Duration.ofSeconds(1))
                .build()) {
            Path warm = directory.resolve("warm"); // what the finalizer needs is loaded, so its time is enough
            assertThat(pool.submit(() -> Tasks.announceSize(warm, new byte[1])).get())
                    .isEqualTo(1);
        }
        assertThat(directory.resolve("spins")).exists();
        try (Pool pool = builder(1)
                .finalizer(() -> Files.createFile(Path.of(place, "spins")))
                .build()) {
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("L34: nonsense is refused: no code, code that cannot travel or is too large, no time")
    void nonsense() {
        PoolBuilder builder = builder(1);
        Thread unserialisable = Thread.currentThread();
        byte[] large = new byte[(16 << 20) + 1];
        assertThatNullPointerException().isThrownBy(() -> builder.initializer(null));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> builder.initializer(() -> unserialisable.getName()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.initializer(() -> large))
                .withMessageContaining("16777216");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.initializer(() -> 1, Duration.ZERO))
                .withMessageContaining("not 0 s");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.finalizer(() -> {}, Duration.ofSeconds(-1)));
    }

    @Test
    @DisplayName("Asking for a state that is not there says what is there")
    void wrongState() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(() -> WorkerState.get(String.class))
                .withMessageContaining("not a worker");
        try (Pool pool = builder(1).initializer(() -> "text").build()) {
            assertThat(pool.submit(() -> WorkerState.get(CharSequence.class).length())
                            .get())
                    .isEqualTo(4);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(pool.submit(() -> WorkerState.get(Integer.class))::get)
                    .withStackTraceContaining("a java.lang.String, not a java.lang.Integer");
        }
    }
}
