package io.procession.benchmarks.harness;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a sample costs beside time, of all processes of a contender, as the median of the rounds; NaN where it is not known.
 *
 * @param cpuNanosEach CPU time, in nanoseconds
 * @param switchesEach context switches
 * @param peakBytes the most memory that its processes had in RAM; not of a sample, but of the whole run
 */
public record Cost(double cpuNanosEach, double switchesEach, double peakBytes) {
    /** Nothing is known. */
    public static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN, Double.NaN);

    static Cost of(List<Samples> rounds) {
        return new Cost(
                middle(rounds, Samples::cpuNanosEach),
                middle(rounds, Samples::switchesEach),
                middle(rounds, round -> round.usage().peakBytes()));
    }

    private static double middle(List<Samples> rounds, ToDoubleFunction<Samples> value) {
        return Median.of(rounds.stream().mapToDouble(value).toArray());
    }
}
