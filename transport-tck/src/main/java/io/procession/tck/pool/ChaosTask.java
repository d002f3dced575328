package io.procession.tck.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.pool.Pool;
import io.procession.pool.TaskTimeoutException;
import io.procession.pool.WorkerDiedException;
import io.procession.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A task of the chaos suite: what it does, what it leaves in its file, and what may have become of it. */
final class ChaosTask {
    private enum Kind {
        QUICK(60),
        SLOW(15),
        LARGE(8),
        FAILING(8),
        WAITING(3),
        SPINNING(1),
        EXITING(3),
        HALTING(2);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static Kind any(Random random) {
            int choice = random.nextInt(100);
            for (Kind kind : values()) {
                choice -= kind.weight;
                if (choice < 0) {
                    return kind;
                }
            }
            return QUICK;
        }
    }

    private static final int LARGE_BYTES = 300_000;

    private final Kind kind;
    private final int number;
    private final int retries;
    private final Path file;
    private final CompletableFuture<Integer> future;
    private boolean cancelled;

    private ChaosTask(Kind kind, int number, int retries, Path file, CompletableFuture<Integer> future) {
        this.kind = kind;
        this.number = number;
        this.retries = retries;
        this.file = file;
        this.future = future;
    }

    static ChaosTask submit(Pool pool, Random random, Path directory, int number) {
        Kind kind = Kind.any(random);
        int retries = random.nextInt(4) == 0 ? 2 : 0;
        Path file = directory.resolve("task-" + number);
        byte[] load = kind == Kind.LARGE ? new byte[LARGE_BYTES] : new byte[0];
        int pause = random.nextInt(30);
        Task<Integer> task = () -> {
            leave(file, "s");
            int result = number + load.length + perform(kind, pause);
            leave(file, "e");
            return result;
        };
        return new ChaosTask(
                kind, number, retries, file, pool.withRetries(retries).submit(task));
    }

    /** One letter: begun, or ended. */
    private static void leave(Path file, String letter) throws IOException {
        Files.writeString(file, letter, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static int perform(Kind kind, int pause) throws InterruptedException {
        switch (kind) {
            case SLOW -> TimeUnit.MILLISECONDS.sleep(pause); // the task's work
            case FAILING -> Tasks.fail();
            case WAITING -> TimeUnit.DAYS.sleep(1);
            case SPINNING -> Tasks.spin();
            case EXITING -> System.exit(3);
            case HALTING -> Runtime.getRuntime().halt(3);
            default -> {
                // nothing more
            }
        }
        return 0;
    }

    boolean isDone() {
        return future.isDone();
    }

    void cancel(boolean interrupt) {
        cancelled = true;
        future.cancel(interrupt);
    }

    /** Whether the answer is one that may be, and fits what the task has left. */
    void check() throws IOException {
        String left = Files.exists(file) ? Files.readString(file) : "";
        long begun = left.chars().filter(letter -> letter == 's').count();
        long ended = left.chars().filter(letter -> letter == 'e').count();
        assertThat(begun).as("runs of %s, which left '%s'", this, left).isLessThanOrEqualTo(1 + retries);
        assertThat(ended).as("ends of %s, which left '%s'", this, left).isLessThanOrEqualTo(begun);
        if (future.isCancelled()) {
            assertThat(cancelled).as("somebody cancelled %s", this).isTrue();
        } else if (future.isCompletedExceptionally()) {
            checkFailure(begun);
        } else {
            assertThat(future.join())
                    .as("result of %s", this)
                    .isEqualTo(number + (kind == Kind.LARGE ? LARGE_BYTES : 0));
            assertThat(kind).isIn(Kind.QUICK, Kind.SLOW, Kind.LARGE);
            assertThat(ended).as("ends of %s, which has a result", this).isPositive();
        }
    }

    private void checkFailure(long begun) {
        try {
            future.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ArithmeticException) {
                assertThat(kind).isEqualTo(Kind.FAILING);
            } else if (cause instanceof WorkerDiedException died) {
                // A worker may die between its start of the task and the task's first line.
                assertThat((long) died.attempts()).as("attempts of %s", this).isGreaterThanOrEqualTo(begun);
                assertThat(died.attempts()).as("attempts of %s: %s", this, died).isEqualTo(1 + retries);
            } else {
                assertThat(cause).as("failure of %s", this).isInstanceOf(TaskTimeoutException.class);
            }
        }
    }

    @Override
    public String toString() {
        return "task " + number + " (" + kind + ", " + retries + " retries)";
    }
}
