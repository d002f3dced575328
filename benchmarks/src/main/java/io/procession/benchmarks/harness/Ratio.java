package io.procession.benchmarks.harness;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One of ours beside one peer, or beside a fixed amount.
 *
 * @param ours the name of ours
 * @param peer the name of the peer, or the amount
 * @param factor median by median; below 1 if ours needs less
 * @param lowest the best round; since rounds interleave contenders, each has a ratio of its own
 * @param highest the worst
 * @param bar what the factor may be; null if nothing is demanded
 */
public record Ratio(
        String ours,
        String peer,
        double factor,
        double lowest,
        double highest,
        @Nullable Double bar) {
    static Ratio of(Standing ours, Standing peer, @Nullable Double bar) {
        int rounds = Math.min(ours.roundMedians().size(), peer.roundMedians().size());
        double[] factors = IntStream.range(0, rounds)
                .mapToDouble(round ->
                        ours.roundMedians().get(round) / peer.roundMedians().get(round))
                .sorted()
                .toArray();
        return new Ratio(
                ours.contender().name(),
                peer.contender().name(),
                ours.median() / peer.median(),
                factors[0],
                factors[rounds - 1],
                bar);
    }

    static Ratio of(Standing ours, Limit limit) {
        double amount = limit.atMost();
        return new Ratio(
                ours.contender().name(),
                limit.label(),
                ours.median() / amount,
                ours.lowest() / amount,
                ours.highest() / amount,
                1.0);
    }

    /** Whether what is demanded is so; null if nothing is. */
    public @Nullable Verdict verdict() {
        return bar == null ? null : Verdict.of(factor, lowest, highest, bar);
    }
}
