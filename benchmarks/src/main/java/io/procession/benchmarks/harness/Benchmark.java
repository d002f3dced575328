package io.procession.benchmarks.harness;

import java.util.List;

/**
 * A question, and those who answer it.
 *
 * @param id a short name to choose it by
 * @param title what is measured
 * @param unit how the samples are shown
 * @param contenders who takes part, in the order of the report
 * @param absent who could not take part, and why
 * @param bars what is demanded of ours
 */
public record Benchmark(
        String id, String title, Unit unit, List<Contender> contenders, List<String> absent, List<Bar> bars) {
    /** Copies the lists. */
    public Benchmark {
        contenders = List.copyOf(contenders);
        absent = List.copyOf(absent);
        bars = List.copyOf(bars);
    }
}
