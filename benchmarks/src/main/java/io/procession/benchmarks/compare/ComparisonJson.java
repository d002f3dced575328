package io.procession.benchmarks.compare;

import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The comparison for machines.
 *
 * @param machine where and when
 * @param seconds how long the measuring took
 * @param othersCpuShare what other programs took of all cores meanwhile, from 0 to 1; null if not known
 * @param disturbed whether that is too much
 * @param sharedMemoryMebibytes free in the memory file system; null if there is none
 * @param transports who took part
 * @param refused who could not, and why
 * @param rows the figures
 * @param notMeasured what was not measured, and why
 * @param advice by need
 * @param overall the best for everything together, and those about equal
 */
record ComparisonJson(
        Machine machine,
        double seconds,
        double othersCpuShare,
        boolean disturbed,
        double sharedMemoryMebibytes,
        List<String> transports,
        Map<String, String> refused,
        List<Row> rows,
        List<String> notMeasured,
        List<Advice> advice,
        List<String> overall) {

    /**
     * A row of the table.
     *
     * @param id its name
     * @param label what it is
     * @param unit of its values
     * @param better which end of the scale wins
     * @param values one for each transport
     */
    record Row(String id, String label, String unit, Figure.Better better, List<Value> values) {}

    /**
     * A figure.
     *
     * @param transport whose
     * @param value the figure; null if not measured
     * @param rounds how many it rests on
     * @param noisy whether they disagree
     */
    record Value(String transport, double value, int rounds, boolean noisy) {}

    static ComparisonJson of(Comparison comparison, Duration took) {
        Surroundings surroundings = comparison.surroundings();
        return new ComparisonJson(
                surroundings.machine(),
                took.toMillis() / 1e3,
                surroundings.othersCpuShare(),
                surroundings.disturbed(),
                surroundings.sharedMemoryMebibytes(),
                comparison.transports().ids(),
                comparison.transports().refused(),
                Stream.of(Figure.values())
                        .map(figure -> row(comparison, figure))
                        .toList(),
                comparison.results().stream()
                        .flatMap(result -> Stream.concat(result.absent().stream(), result.failed().stream())
                                .map(reason -> result.benchmark().title() + ", " + reason))
                        .toList(),
                Advice.of(comparison),
                Advice.overall(comparison));
    }

    private static Row row(Comparison comparison, Figure figure) {
        return new Row(
                figure.name(),
                figure.fullLabel(),
                figure.unit(),
                figure.better(),
                comparison.transports().ids().stream()
                        .map(id -> value(comparison, figure, id))
                        .toList());
    }

    private static Value value(Comparison comparison, Figure figure, String transport) {
        Optional<Standing> standing = comparison.standing(figure, transport);
        return new Value(
                transport,
                standing.map(figure::of).orElse(Double.NaN),
                standing.map(found -> found.roundMedians().size()).orElse(0),
                standing.map(Standing::noisy).orElse(false));
    }
}
