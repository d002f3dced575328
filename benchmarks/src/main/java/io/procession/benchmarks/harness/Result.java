package io.procession.benchmarks.harness;

import io.procession.benchmarks.harness.Contender.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a benchmark.
 *
 * @param benchmark the question
 * @param standings the answers, in the order of the contenders
 * @param absent who is missing, and why
 */
public record Result(Benchmark benchmark, List<Standing> standings, List<String> absent) {
    /** Copies the lists. */
    public Result {
        standings = List.copyOf(standings);
        absent = List.copyOf(absent);
    }

    /** Each of ours divided by each peer, median by median. */
    public List<Ratio> ratios() {
        return standings.stream()
                .filter(ours -> ours.contender().role() == Role.OURS)
                .flatMap(ours -> standings.stream()
                        .filter(peer -> peer.contender().role() == Role.PEER)
                        .map(peer -> ratio(ours, peer)))
                .toList();
    }

    private Ratio ratio(Standing ours, Standing peer) {
        Double bar = benchmark.bars().stream()
                .filter(each -> each.isFor(ours.contender(), peer.contender()))
                .map(Bar::atMost)
                .findFirst()
                .orElse(null);
        return new Ratio(ours.contender().name(), peer.contender().name(), ours.median() / peer.median(), bar);
    }

    /**
     * One of ours beside one peer.
     *
     * @param ours the name of ours
     * @param peer the name of the peer
     * @param factor below 1 if ours needs less
     * @param bar what it may be; null if nothing is demanded
     */
    public record Ratio(
            String ours,
            String peer,
            double factor,
            @Nullable Double bar) {
        /** What is demanded and whether it is so, for people; empty if nothing is. */
        String verdict() {
            return bar == null
                    ? ""
                    : String.format(Locale.ROOT, "  (bar %.2f: %s)", bar, factor <= bar ? "holds" : "MISSED");
        }
    }
}
