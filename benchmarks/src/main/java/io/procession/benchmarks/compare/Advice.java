package io.procession.benchmarks.compare;

import io.procession.benchmarks.Transports;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which transport serves a need best here.
 *
 * @param need what is wanted
 * @param transports the best, and others that are about as good; empty if nothing was measured that tells
 * @param reason the figures
 */
record Advice(String need, List<String> transports, String reason) {
    /** Less of a lead than this says nothing. */
    private static final double ABOUT_EQUAL = 1.15;
    /** As a lead, when the rounds disagree. */
    private static final double ABOUT_EQUAL_IN_NOISE = 1.5;

    Advice {
        transports = List.copyOf(transports);
    }

    static List<Advice> of(Comparison comparison) {
        return Stream.of(Need.values())
                .map(need -> new Advice(need.text(), best(comparison, need.figures()), reason(comparison, need)))
                .toList();
    }

    /** All figures of the first three needs together; shared memory that is short of room only if there is nothing else. */
    static List<String> overall(Comparison comparison) {
        List<String> best = best(
                comparison,
                Stream.of(Need.SMALL, Need.ANSWERS, Need.LARGE)
                        .flatMap(need -> need.figures().stream())
                        .toList());
        if (!best.contains(Situation.SHARED_MEMORY) || !Situation.sharedMemoryIsShort(comparison)) {
            return best;
        }
        List<String> others = comparison.transports().ids().stream()
                .filter(id -> !id.equals(Situation.SHARED_MEMORY))
                .toList();
        return others.isEmpty()
                ? best
                : overall(new Comparison(
                        new Transports(others, comparison.transports().refused()),
                        comparison.results(),
                        comparison.surroundings()));
    }

    /** Orders by the geometric mean of the leads over the best, and cuts behind those that are about equal. */
    private static List<String> best(Comparison comparison, List<Figure> figures) {
        List<Figure> told = figures.stream()
                .filter(figure -> !comparison.ranked(figure).isEmpty())
                .toList();
        Map<String, Double> behind = new LinkedHashMap<>();
        boolean noisy = false;
        for (String transport : comparison.transports().ids()) {
            double product = 1;
            for (Figure figure : told) {
                double best = comparison.value(figure, comparison.ranked(figure).get(0));
                product *= figure.lead(best, comparison.value(figure, transport));
                noisy |= comparison.noisy(figure, transport);
            }
            if (Double.isFinite(product) && !told.isEmpty()) {
                behind.put(transport, Math.pow(product, 1.0 / told.size()));
            }
        }
        double first = behind.values().stream().min(Comparator.naturalOrder()).orElse(Double.NaN);
        double reach = first * (noisy ? ABOUT_EQUAL_IN_NOISE : ABOUT_EQUAL);
        return behind.entrySet().stream()
                .filter(entry -> entry.getValue() <= reach)
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String reason(Comparison comparison, Need need) {
        return need.figures().stream()
                .filter(figure -> !comparison.ranked(figure).isEmpty())
                .map(figure -> figure.fullLabel() + ", in " + figure.unit() + ": "
                        + comparison.ranked(figure).stream()
                                .map(id -> id + " " + Figure.text(comparison.value(figure, id)))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
