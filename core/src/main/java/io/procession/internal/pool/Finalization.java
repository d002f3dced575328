package io.procession.internal.pool;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.ShapeTable;
import io.procession.task.Action;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Runs the finalizer of this worker when the pool has told it to end. What goes wrong is printed, and the process ends all the same. */
final class Finalization {
    private Finalization() {}

    @SuppressWarnings("CatchAndPrintStackTrace") // stderr is where a worker speaks; the pool keeps its last lines
    static void run(WorkerHooks hooks) {
        HookRun run = new HookRun("finalizer", hooks.finalizerTimeout(), failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(0); // its thread is stuck, and may hold what shutdown hooks would wait for
        });
        try {
            run.call(() -> {
                perform(hooks.finalizer());
                return null;
            });
        } catch (Throwable failure) {
            failure.printStackTrace();
        }
    }

    private static void perform(byte[] finalizer) throws Exception {
        @Nullable Object code = Codec.standard().decode(ByteBuffer.wrap(finalizer), new ShapeTable());
        ((Action) java.util.Objects.requireNonNull(code)).perform();
    }
}
