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
 * @param bars what is demanded of ours beside peers
 * @param limits what is demanded of ours by itself
 * @param runs how often each contender runs in a round: for programs that give a single short sample
 */
public record Benchmark(
        String id,
        String title,
        Unit unit,
        List<Contender> contenders,
        List<String> absent,
        List<Bar> bars,
        List<Limit> limits,
        int runs) {
    /** A benchmark that demands nothing. */
    public Benchmark(String id, String title, Unit unit, List<Contender> contenders, List<String> absent) {
        this(id, title, unit, contenders, absent, List.of(), List.of(), 1);
    }

    /** The same without a contender. */
    Benchmark without(Contender contender) {
        List<Contender> others =
                contenders.stream().filter(each -> !each.equals(contender)).toList();
        return new Benchmark(id, title, unit, others, absent, bars, limits, runs);
    }

    /** Copies the lists. */
    public Benchmark {
        contenders = List.copyOf(contenders);
        absent = List.copyOf(absent);
        bars = List.copyOf(bars);
        limits = List.copyOf(limits);
    }
}
