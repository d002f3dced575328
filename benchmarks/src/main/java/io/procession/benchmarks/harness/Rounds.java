package io.procession.benchmarks.harness;

import java.time.Duration;
import java.util.function.Consumer;

/** Runs the contenders of a benchmark in turn: first all once, then all again, ... */
public final class Rounds {
    /** Many times what anybody needs, so that who hangs is found out before he has cost much. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final int count;
    private final Consumer<String> progress;

    /**
     * Prepares to run.
     *
     * @param count how often each contender runs
     * @param progress is told what runs now
     */
    public Rounds(int count, Consumer<String> progress) {
        this.count = count;
        this.progress = progress;
    }

    /**
     * Runs all rounds of a benchmark. A contender that fails, or takes more than three minutes, is named in the result, with the reason, and does not run again.
     *
     * @throws InterruptedException if the calling thread was interrupted; the contender that ran was ended
     */
    public Result run(Benchmark benchmark) throws InterruptedException {
        Tally tally = new Tally(benchmark);
        int all = count * benchmark.runs();
        for (int round = 1; round <= all; round++) {
            String where = benchmark.id() + ", round " + round + " of " + all + ": ";
            tally.round(name -> progress.accept(where + name), () -> LIMIT);
        }
        return tally.result(all);
    }
}
