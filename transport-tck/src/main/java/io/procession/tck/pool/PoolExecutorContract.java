package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.procession.codec.SerializationException;
import io.procession.pool.Pool;
import io.procession.task.Task;
import io.procession.tck.process.FamilyFirst;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pool where the JDK's {@link ExecutorService} is asked for. */
@ExtendWith(FamilyFirst.class)
@Guarded(seconds = 120)
@SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // causes are asserted by use
public abstract class PoolExecutorContract {
    @TempDir
    Path directory;

    /** For a test class of the transport. */
    protected PoolExecutorContract() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    private Pool pool(int workers) {
        return Pool.builder().workers(workers).transport(transport()).build();
    }

    /** A task as a careful user of executors writes it. */
    static final class Length implements Callable<Integer>, Serializable {
        private static final long serialVersionUID = 1L;
        private final String text;

        Length(String text) {
            this.text = text;
        }

        @Override
        public Integer call() throws IOException {
            if (text.isEmpty()) {
                throw new IOException("nothing to measure");
            }
            return text.length();
        }
    }

    /** Leaves a file. */
    static final class Touch implements Runnable, Serializable {
        private static final long serialVersionUID = 1L;
        private final String file;

        Touch(Path file) {
            this.file = file.toString();
        }

        @Override
        public void run() {
            try {
                Files.createFile(Path.of(file));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    @DisplayName("Tasks of named serialisable classes work where an ExecutorService is asked for")
    void namedTasksWork() throws Exception {
        Path touched = directory.resolve("touched");
        Path executed = directory.resolve("executed");
        Object result = new Object();
        try (Pool pool = pool(2)) {
            ExecutorService service = pool;
            assertThat(service.submit(new Length("four")).get()).isEqualTo(4);
            assertThat(service.submit(new Touch(touched), result).get()).isSameAs(result);
            assertThat(touched).exists();
            service.execute(new Touch(executed));
            Eventually.holds("the executed task leaves its file", () -> Files.exists(executed));
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(service.submit(new Touch(touched))::get)
                    .withStackTraceContaining("FileAlreadyExists");
        }
    }

    @Test
    @DisplayName("Lambdas are tasks and actions, whichever method they are given to")
    void lambdasAreTasks() throws Exception {
        Path executed = directory.resolve("executed");
        String file = executed.toString();
        try (Pool pool = pool(1)) {
            assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
            pool.submit(() -> System.getProperties().put("procession.tck", "set"))
                    .get();
            pool.submit(() -> {
                        System.clearProperty("procession.tck");
                    })
                    .get();
            assertThat(pool.submit(() -> System.getProperty("procession.tck")).get())
                    .isNull();
            pool.execute(() -> Files.createFile(Path.of(file)));
            Eventually.holds("the executed action leaves its file", () -> Files.exists(executed));
            pool.submit(PoolExecutorContract::nothing).get();
        }
    }

    private static void nothing() throws IOException {
        if (System.getProperty("java.home") == null) {
            throw new IOException("never");
        }
    }

    @Test
    @DisplayName("A lambda typed as a plain Callable is refused, and the text says what to write")
    void plainLambdasAreRefused() throws Exception {
        Callable<Integer> plain = () -> 1;
        try (Pool pool = pool(1)) {
            ExecutorService service = pool;
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> service.submit(plain))
                    .withMessageContaining("java.util.concurrent.Callable")
                    .withMessageContaining("io.procession.task.Task");
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> service.invokeAll(List.of(new Length("a"), plain)));
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> service.execute(() -> {}))
                    .withMessageContaining("Action");
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> service.execute(new FutureTask<>(plain)))
                    .withMessageContaining("FutureTask")
                    .withMessageContaining("pool.submit");
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> CompletableFuture.supplyAsync(() -> 1, service))
                    .withMessageContaining("pool.submit");
            assertThat(service.submit(new Length("ok")).get()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("invokeAll waits for all, invokeAny takes the first that succeeds, callAll gives results")
    void bulkForms() throws Exception {
        try (Pool pool = pool(2)) {
            List<Future<Integer>> all = pool.invokeAll(List.of(new Length("a"), new Length(""), new Length("abc")));
            assertThat(all).allSatisfy(future -> assertThat(future.isDone()).isTrue());
            assertThat(all.get(2).get()).isEqualTo(3);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(all.get(1)::get)
                    .withCauseInstanceOf(IOException.class);
            assertThat(pool.invokeAny(List.of(new Length(""), new Length("ab"))))
                    .isEqualTo(2);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> pool.invokeAny(List.of(new Length(""))))
                    .withCauseInstanceOf(IOException.class);
            List<Integer> results = pool.callAll(List.of(() -> 1, () -> 2, () -> 3));
            assertThat(results).containsExactly(1, 2, 3);
            List<Task<Integer>> failing = List.of(() -> 1, () -> Tasks.failAt13(13));
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> pool.callAll(failing))
                    .withCauseInstanceOf(IOException.class);
            assertThat(pool.callAll(List.of())).isEmpty();
        }
    }

    @Test
    @DisplayName("invokeAll and invokeAny with a limit end the tasks that are not in time")
    void bulkFormsWithALimit() throws Exception {
        Path file = directory.resolve("pid");
        Path other = directory.resolve("other");
        try (Pool pool = pool(1)) {
            Task<Integer> waits = () -> Tasks.announceAndWait(file);
            List<Future<Integer>> futures = pool.invokeAll(List.of(waits, waits), 1, TimeUnit.SECONDS);
            assertThat(futures)
                    .allSatisfy(future -> assertThat(future.isCancelled()).isTrue());
            Task<Integer> again = () -> Tasks.announceAndWait(other);
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> pool.invokeAny(List.of(again), 0, TimeUnit.SECONDS));
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("X37: shutdownNow gives back exactly what had not started, and every future completes")
    void shutdownNowGivesBackWhatHadNotStarted() throws Exception {
        Path file = directory.resolve("pid");
        List<CompletableFuture<?>> futures = new ArrayList<>();
        List<Runnable> given = new ArrayList<>();
        Pool pool = pool(1);
        CompletableFuture<Integer> running = pool.submit(() -> Tasks.announceAndWait(file));
        for (int i = 0; i < 100; i++) {
            given.add(new Touch(directory.resolve("never-" + i)));
            futures.add(pool.submit(given.get(i)));
        }
        CompletableFuture<Integer> task = pool.submit(new Length("four"));
        Eventually.holds("the first task runs", () -> Files.exists(file));
        List<Runnable> unstarted = pool.shutdownNow();
        assertThat(unstarted).hasSize(101).startsWith(given.toArray(Runnable[]::new));
        unstarted.get(100).run(); // in this process
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(running::get)
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(futures)
                .allSatisfy(future ->
                        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join));
        assertThatExceptionOfType(CancellationException.class).isThrownBy(task::get);
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(directory.toFile().list()).containsExactly("pid");
        assertThat(pool.shutdownNow()).isEmpty();
    }

    @Test
    @DisplayName("shutdownNow ends what ignores interrupts, and what it gives back can go to another pool")
    void shutdownNowEndsWhatIgnoresIt() throws Exception {
        Path file = directory.resolve("pid");
        Path touched = directory.resolve("touched");
        Pool pool = pool(1);
        CompletableFuture<Integer> spinning = pool.submit(() -> Tasks.announceAndSpin(file));
        Eventually.holds("the first task runs", () -> Files.exists(file));
        String name = touched.toString();
        pool.execute(() -> Files.createFile(Path.of(name)));
        pool.submit(new Length("four"));
        List<Runnable> unstarted = pool.shutdownNow();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(spinning::join);
        assertThat(unstarted).hasSize(2);
        assertThat(touched).doesNotExist();
        try (Pool other = pool(1)) {
            unstarted.forEach(other::execute);
        }
        assertThat(touched).exists();
    }

    @Test
    @DisplayName("X33, X36: shutdown refuses more, finishes what it has, and awaitTermination tells when")
    void shutdownFinishes() throws Exception {
        Pool pool = pool(2);
        assertThat(pool.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
        assertThat(pool.isShutdown()).isFalse();
        List<CompletableFuture<Integer>> futures =
                IntStream.range(0, 50).mapToObj(i -> pool.submit(() -> i)).toList();
        pool.shutdown();
        pool.shutdown();
        assertThat(pool.isShutdown()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.submit(() -> 1));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> pool.invokeAll(List.of(new Length("a"))));
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(futures.stream().map(CompletableFuture::join).toList())
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
        pool.close();
    }
}
