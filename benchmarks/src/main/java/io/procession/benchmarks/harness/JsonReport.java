package io.procession.benchmarks.harness;

import io.procession.benchmarks.harness.Contender.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report for machines; times in nanoseconds, as they were measured. It holds no path of the machine, so that it can be shown to others.
 *
 * @param machine where the figures come from
 * @param command by which they were asked for
 * @param rounds how often each contender ran
 * @param childFlags the JVM flags of the child processes that are compared
 * @param before how quiet the machine was before anything ran; null if nobody looked
 * @param benchmarks what came out
 */
public record JsonReport(
        Machine machine,
        String command,
        int rounds,
        List<String> childFlags,
        @Nullable Noise before,
        List<Comparison> benchmarks) {
    /** Copies the lists. */
    public JsonReport {
        childFlags = List.copyOf(childFlags);
        benchmarks = List.copyOf(benchmarks);
    }

    /**
     * One benchmark.
     *
     * @param id its short name
     * @param title what was measured
     * @param shownIn the unit of the report for people
     * @param noise what disturbed it
     * @param standings the figures
     * @param ratios ours divided by each peer
     * @param absent who is missing, and why
     */
    public record Comparison(
            String id,
            String title,
            Unit shownIn,
            Noise noise,
            List<Figures> standings,
            List<Ratio> ratios,
            List<String> absent) {
        /** The same, without the commands of the contenders. */
        public static Comparison of(Result result, Noise noise) {
            Benchmark benchmark = result.benchmark();
            return new Comparison(
                    benchmark.id(),
                    benchmark.title(),
                    benchmark.unit(),
                    noise,
                    result.standings().stream().map(Figures::of).toList(),
                    result.ratios(),
                    result.absent());
        }
    }

    /**
     * How a contender did.
     *
     * @param name who
     * @param role on which side of the ratios
     * @param roundMedians the median of each round
     * @param median the median of these
     * @param spread of all samples
     * @param cost what one needed beside time
     * @param noisy whether its rounds disagree much
     */
    public record Figures(
            String name, Role role, List<Double> roundMedians, double median, Spread spread, Cost cost, boolean noisy) {
        static Figures of(Standing standing) {
            return new Figures(
                    standing.contender().name(),
                    standing.contender().role(),
                    standing.roundMedians(),
                    standing.median(),
                    standing.spread(),
                    standing.cost(),
                    standing.noisy());
        }
    }

    /** The same with one benchmark more. */
    public JsonReport with(Comparison comparison) {
        List<Comparison> more = new ArrayList<>(benchmarks);
        more.add(comparison);
        return new JsonReport(machine, command, rounds, childFlags, before, more);
    }

    /** Writes the report; an unknown number is null. A reader sees all of it or what stood there before. */
    public void write(Path file) throws IOException {
        Json.write(this, file);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if there is no such file, or it is no such report
     */
    public static JsonReport read(Path file) throws IOException {
        return Json.read(file, JsonReport.class);
    }
}
