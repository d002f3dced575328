package io.procession.internal.pool;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs the initializer of this worker, before it says that it is ready. If it fails, the pool is told why, and the process ends. */
final class Initialization {
    /** The process does not wait longer for the failure to leave. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int FAILED = 1;

    private final Connection pool;
    private final long workerKey;

    Initialization(Connection pool, long workerKey) {
        this.pool = pool;
        this.workerKey = workerKey;
    }

    void run(WorkerHooks hooks) {
        HookRun run = new HookRun("initializer", hooks.initializerTimeout(), failure -> {
            tell(failure);
            Runtime.getRuntime().halt(FAILED); // its thread is stuck, and may hold what shutdown hooks would wait for
        });
        try {
            StateOfWorker.set(run.call(() -> decoded(hooks.initializer()).call()));
        } catch (Throwable failure) {
            tell(failure);
            System.exit(FAILED);
        }
    }

    private static Callable<?> decoded(byte[] initializer) {
        @Nullable Object code = Codec.standard().decode(ByteBuffer.wrap(initializer), new ShapeTable());
        return (Callable<?>) java.util.Objects.requireNonNull(code);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the last way to say it
    private void tell(Throwable failure) {
        try {
            pool.send(
                            Kind.UNFIT,
                            workerKey,
                            ByteBuffer.allocate(0),
                            Codec.standard().encodeFailure(failure, pool.target()))
                    .await(PATIENCE);
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure.printStackTrace(); // then the pool finds it in what this process said last
        }
    }
}
