package io.procession.tck.pool;

import io.procession.pool.Pool;
import io.procession.pool.PoolBuilder;
import io.procession.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.io.TempDir;

/** What the suites about the life of workers share. */
public abstract class PoolSuite {
    @TempDir
    Path directory;

    /** For the suites of this package. */
    PoolSuite() {}

    /**
     * The transport under test.
     *
     * @return its id
     */
    protected abstract String transport();

    PoolBuilder builder(int workers) {
        return Pool.builder().workers(workers).transport(transport());
    }

    /** Waits until a task has said which process runs it. */
    static long announced(Path file) throws IOException, InterruptedException {
        Eventually.holds("a task announces itself in " + file, () -> Files.exists(file));
        return Long.parseLong(Files.readString(file));
    }

    /** What a future failed with. */
    static Throwable failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("a task did not fail but gave " + future.join());
        } catch (CompletionException e) {
            return java.util.Objects.requireNonNull(e.getCause());
        }
    }

    static long pid(Pool pool) {
        return pool.submit(() -> ProcessHandle.current().pid()).join();
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
