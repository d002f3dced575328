package io.procession.benchmarks.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs several benchmarks in turn, first all once, then all again, ..., until a given time is over. A slow machine gets fewer rounds, and in the worst case some
 * benchmarks none.
 */
public final class TimedRounds {
    /** Of the whole time, so that one program that hangs does not use up all of it. */
    private static final int RUN_PART = 6;

    private final Duration budget;
    private final int atMost;
    private final Consumer<String> progress;
    private final long began = System.nanoTime();

    /**
     * Prepares to run; the time begins.
     *
     * @param budget how long it may take
     * @param atMost rounds after which it ends earlier
     * @param progress is told what runs now
     */
    public TimedRounds(Duration budget, int atMost, Consumer<String> progress) {
        this.budget = budget;
        this.atMost = atMost;
        this.progress = progress;
    }

    /**
     * Runs.
     *
     * @return one result for each benchmark, in their order; one that nobody had time for has no standings
     * @throws InterruptedException if the calling thread was interrupted; what ran was ended
     */
    public List<Result> run(List<Benchmark> benchmarks) throws InterruptedException {
        List<Tally> tallies = benchmarks.stream().map(Tally::new).toList();
        Map<Tally, Duration> expected = new HashMap<>();
        List<Tally> going = new ArrayList<>(tallies);
        for (int round = 1; round <= atMost && !going.isEmpty(); round++) {
            for (Tally tally : List.copyOf(going)) {
                Duration left = left();
                // All its contenders or none, so that each has as many rounds as the others.
                if (left.compareTo(expected.getOrDefault(tally, Duration.ZERO)) <= 0) {
                    going.remove(tally);
                    continue;
                }
                progress.accept(String.format(
                        "round %d, %3d s left: %s",
                        round, left.toSeconds(), tally.benchmark().title()));
                tally.round(name -> {}, this::limit);
                expected.put(tally, left.minus(left()).multipliedBy(5).dividedBy(4));
            }
        }
        return tallies.stream().map(tally -> tally.result(1)).toList();
    }

    private Duration left() {
        return budget.minusNanos(System.nanoTime() - began);
    }

    private Duration limit() {
        Duration most = budget.dividedBy(RUN_PART);
        Duration left = left();
        return left.compareTo(most) < 0 ? left : most;
    }
}
