package io.procession.benchmarks.harness;

import org.HdrHistogram.Histogram;

/**
 * How the samples of all rounds are spread, as they were printed: half of them are at most {@code p50}, and so on.
 *
 * @param p50 the 50th percentile
 * @param p90 the 90th
 * @param p99 the 99th
 * @param p999 the 99.9th
 * @param max the largest
 * @param samples how many there were
 */
public record Spread(double p50, double p90, double p99, double p999, double max, long samples) {
    static Spread of(Histogram samples) {
        return new Spread(
                samples.getValueAtPercentile(50),
                samples.getValueAtPercentile(90),
                samples.getValueAtPercentile(99),
                samples.getValueAtPercentile(99.9),
                samples.getMaxValue(),
                samples.getTotalCount());
    }
}
