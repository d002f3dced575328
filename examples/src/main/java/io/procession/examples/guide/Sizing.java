package io.procession.examples.guide;

import io.procession.pool.Pool;
import io.procession.pool.WhenFull;
import io.procession.process.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A pool whose size is decided in every direction: workers, their memory, what waits, how long, how often. */
public final class Sizing {
    private Sizing() {}

    /** Runs a few hundred tasks. */
    public static void main(String[] arguments) throws Exception {
        // region sizing
        try (Pool pool = Pool.builder()
                .workers(2) // as many as cores that are to be busy
                .workerOptions(WorkerOptions.defaults().maxHeap("96m")) // what one task needs, and some
                .workerMemoryLimit("512m") // heap, metaspace, buffers, native memory: more is killed
                .maxTasksPerWorker(100) // for code that leaks
                .maxQueued(50, WhenFull.BLOCK) // the next one keeps its caller waiting
                .taskTimeout(Duration.ofSeconds(30)) // nobody waits longer
                .build()) {
            List<CompletableFuture<Integer>> lengths = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                lengths.add(pool.submit(() -> Integer.toString(number).length()));
            }
            int sum = 0;
            for (CompletableFuture<Integer> length : lengths) {
                sum += length.get();
            }
            System.out.println(sum + " digits, " + pool.workers() + " workers");
        }
        // endregion
    }
}
