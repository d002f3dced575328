package io.procession.benchmarks.harness;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How a contender did over all rounds; samples as they were printed, mostly nanoseconds.
 *
 * @param contender who
 * @param roundMedians the median of each round, in the order of the rounds
 * @param median the median of these
 * @param spread of all samples of all rounds
 * @param cost what one needed beside time
 */
public record Standing(Contender contender, List<Double> roundMedians, double median, Spread spread, Cost cost) {
    /** Beyond this factor between the fastest and the slowest round, a figure is called noisy. */
    private static final double NOISE = 1.5;

    static Standing of(Contender contender, List<Samples> rounds) {
        Histogram all = new Histogram(3);
        rounds.forEach(round -> all.add(round.histogram()));
        List<Double> medians = rounds.stream().map(Samples::median).toList();
        return new Standing(
                contender,
                medians,
                Median.of(medians.stream().mapToDouble(Double::doubleValue).toArray()),
                Spread.of(all),
                Cost.of(rounds));
    }

    /** The fastest round's median. */
    public double lowest() {
        return roundMedians.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** The slowest round's median. */
    public double highest() {
        return roundMedians.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** Whether the rounds disagree so much that the median should not be trusted. */
    public boolean noisy() {
        return highest() > NOISE * lowest();
    }
}
