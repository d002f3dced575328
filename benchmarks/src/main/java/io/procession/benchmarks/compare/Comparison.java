package io.procession.benchmarks.compare;

import io.procession.benchmarks.Transports;
import io.procession.benchmarks.harness.Result;
import io.procession.benchmarks.harness.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param transports who took part, and who could not
 * @param results one for each measurement
 * @param surroundings what else the machine did, and what it offers
 */
record Comparison(Transports transports, List<Result> results, Surroundings surroundings) {
    Comparison {
        results = List.copyOf(results);
    }

    /** A figure of a transport; empty if it was not measured. */
    Optional<Standing> standing(Figure figure, String transport) {
        return results.stream()
                .filter(result -> result.benchmark().id().equals(figure.measurement()))
                .flatMap(result -> result.standings().stream())
                .filter(standing -> standing.contender().name().equals(transport))
                .findFirst();
    }

    /** A figure of a transport; NaN if it was not measured. */
    double value(Figure figure, String transport) {
        return standing(figure, transport).map(figure::of).orElse(Double.NaN);
    }

    /** Whether the rounds of that measurement disagree. */
    boolean noisy(Figure figure, String transport) {
        return standing(figure, transport).map(Standing::noisy).orElse(false);
    }

    /** Those that have the figure, the best first. */
    List<String> ranked(Figure figure) {
        return transports.ids().stream()
                .filter(id -> Double.isFinite(value(figure, id)))
                .sorted(Comparator.comparingDouble(id -> figure.lead(1, value(figure, id))))
                .toList();
    }

    /** The fewest rounds that any figure rests on. */
    int rounds() {
        return results.stream()
                .flatMap(result -> result.standings().stream())
                .mapToInt(standing -> standing.roundMedians().size())
                .min()
                .orElse(0);
    }
}
