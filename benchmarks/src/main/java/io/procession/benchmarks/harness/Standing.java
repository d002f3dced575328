package io.procession.benchmarks.harness;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How a contender did over all rounds; samples as they were printed, in nanoseconds.
 *
 * @param contender who
 * @param roundMedians the median of each round, in the order of the rounds
 * @param median the median of these
 * @param p99 the 99th percentile of all samples of all rounds
 * @param samples how many there were
 * @param cpuNanosEach CPU time of all its processes for one sample, median of the rounds; NaN if not known
 */
public record Standing(
        Contender contender, List<Double> roundMedians, double median, double p99, long samples, double cpuNanosEach) {
    /** Beyond this factor between the fastest and the slowest round, a figure is called noisy. */
    private static final double NOISE = 1.5;

    static Standing of(Contender contender, List<Samples> rounds) {
        Histogram all = new Histogram(3);
        rounds.forEach(round -> all.add(round.histogram()));
        List<Double> medians = rounds.stream().map(Samples::median).toList();
        List<Double> cpu = rounds.stream().map(Samples::cpuNanosEach).toList();
        return new Standing(
                contender, medians, middle(medians), all.getValueAtPercentile(99), all.getTotalCount(), middle(cpu));
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

    private static double middle(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
