package io.procession.benchmarks.harness;

import io.procession.benchmarks.harness.Contender.Role;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a benchmark.
 *
 * @param benchmark the question
 * @param standings the answers, in the order of the contenders
 * @param absent who cannot take part here, and why
 * @param failed who should have, and what happened
 */
public record Result(Benchmark benchmark, List<Standing> standings, List<String> absent, List<String> failed) {
    /** Copies the lists. */
    public Result {
        standings = List.copyOf(standings);
        absent = List.copyOf(absent);
        failed = List.copyOf(failed);
    }

    /** Each of ours beside each peer and beside each amount that is demanded of it. */
    public List<Ratio> ratios() {
        return standings.stream()
                .filter(ours -> ours.contender().role() == Role.OURS)
                .flatMap(ours -> Stream.concat(besidePeers(ours), besideLimits(ours)))
                .toList();
    }

    private Stream<Ratio> besidePeers(Standing ours) {
        return standings.stream()
                .filter(peer -> peer.contender().role() == Role.PEER)
                .map(peer -> Ratio.of(ours, peer, bar(ours, peer)));
    }

    private Stream<Ratio> besideLimits(Standing ours) {
        return benchmark.limits().stream()
                .filter(limit -> limit.isFor(ours.contender()))
                .map(limit -> Ratio.of(ours, limit));
    }

    private @Nullable Double bar(Standing ours, Standing peer) {
        return benchmark.bars().stream()
                .filter(each -> each.isFor(ours.contender(), peer.contender()))
                .map(Bar::atMost)
                .findFirst()
                .orElse(null);
    }
}
