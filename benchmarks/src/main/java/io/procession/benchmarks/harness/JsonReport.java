package io.procession.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The report for machines; times in nanoseconds, as they were measured.
 *
 * @param machine where the figures come from
 * @param rounds how often each contender ran
 * @param childFlags the JVM flags of the child processes that are compared
 * @param benchmarks what came out
 */
public record JsonReport(Machine machine, int rounds, List<String> childFlags, List<Comparison> benchmarks) {
    /**
     * One benchmark.
     *
     * @param id its short name
     * @param title what was measured
     * @param shownIn the unit of the report for people
     * @param standings the figures
     * @param ratios ours divided by each peer
     * @param absent who is missing, and why
     */
    public record Comparison(
            String id,
            String title,
            Unit shownIn,
            List<Standing> standings,
            List<Result.Ratio> ratios,
            List<String> absent) {
        static Comparison of(Result result) {
            Benchmark benchmark = result.benchmark();
            return new Comparison(
                    benchmark.id(),
                    benchmark.title(),
                    benchmark.unit(),
                    result.standings(),
                    result.ratios(),
                    result.absent());
        }
    }

    /** Makes the report. */
    public static JsonReport of(Machine machine, int rounds, List<String> childFlags, List<Result> results) {
        return new JsonReport(
                machine,
                rounds,
                childFlags,
                results.stream().map(Comparison::of).toList());
    }

    /** Writes the report; an unknown number is null. */
    public void write(Path file) throws IOException {
        Json.write(this, file);
    }
}
