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
 * @param resumed when the run was taken up again after it had been ended; mostly never
 * @param rounds how often each contender ran
 * @param childFlags the JVM flags of the child processes that are compared
 * @param before how quiet the machine was before anything ran; null if nobody looked
 * @param benchmarks what came out
 */
public record JsonReport(
        Machine machine,
        String command,
        List<String> resumed,
        int rounds,
        List<String> childFlags,
        @Nullable Noise before,
        List<Comparison> benchmarks) {
    /** Copies the lists. */
    public JsonReport {
        resumed = List.copyOf(resumed);
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
     * @param absent who cannot take part here, and why
     * @param failed who should have, and what happened
     */
    public record Comparison(
            String id,
            String title,
            Unit shownIn,
            Noise noise,
            List<Figures> standings,
            List<Ratio> ratios,
            List<String> absent,
            List<String> failed) {
        /** Copies the lists. */
        public Comparison {
            standings = List.copyOf(standings);
            ratios = List.copyOf(ratios);
            absent = List.copyOf(absent);
            failed = List.copyOf(failed);
        }

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
                    result.absent(),
                    result.failed());
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

    /** Whether a benchmark has been measured. */
    public boolean has(String id) {
        return benchmarks.stream().anyMatch(benchmark -> benchmark.id().equals(id));
    }

    /** The same with one benchmark more, or with other figures of one that it has. */
    public JsonReport with(Comparison comparison) {
        List<Comparison> more = new ArrayList<>(benchmarks);
        more.removeIf(benchmark -> benchmark.id().equals(comparison.id()));
        more.add(comparison);
        return new JsonReport(machine, command, resumed, rounds, childFlags, before, more);
    }

    /**
     * The same, to be gone on with.
     *
     * @param here where and when
     * @param wantedRounds how often each contender would run
     * @throws IllegalArgumentException if the figures would not be of one kind, with what differs
     */
    public JsonReport resumed(Machine here, int wantedRounds) {
        if (wantedRounds != rounds) {
            throw new IllegalArgumentException("the figures are of " + rounds + " rounds, and the run would be of "
                    + wantedRounds + ": name --rounds " + rounds + ", or another file");
        }
        if (!here.isLike(machine)) {
            throw new IllegalArgumentException("the figures come from " + machine.name() + ", and this is "
                    + here.name() + ": a table of both would say nothing; name another file");
        }
        List<String> dates = new ArrayList<>(resumed);
        dates.add(here.date());
        return new JsonReport(machine, command, dates, rounds, childFlags, before, benchmarks);
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
