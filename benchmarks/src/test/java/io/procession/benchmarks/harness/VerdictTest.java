package io.procession.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void whatHoldsInEachRoundHolds() {
        assertThat(ours(10, 12, 14).besides(20, 20, 20)).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void whatMissesInEachRoundIsMissed() {
        assertThat(ours(30, 32, 34).besides(20, 20, 20)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void whenRoundsDisagreeTheMedianCountsAndItIsCalledNoisy() {
        assertThat(ours(10, 12, 30).besides(20, 20, 20)).isEqualTo(Verdict.HOLDS_NOISILY);
        assertThat(ours(10, 22, 30).besides(20, 20, 20)).isEqualTo(Verdict.MISSED_NOISILY);
    }

    /** A machine that is slow for a while is slow for both. */
    @Test
    void aRoundIsComparedWithItsOwnRoundOfThePeer() {
        assertThat(ours(10, 100, 12).besides(20, 200, 24)).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void anAmountIsABarToo() {
        Ratio ratio = Ratio.of(standing("Ours, pipe", 40, 60, 45), new Limit("pipe", "50 ms", 50));

        assertThat(ratio.peer()).isEqualTo("50 ms");
        assertThat(ratio.factor()).isEqualTo(0.9);
        assertThat(ratio.verdict()).isEqualTo(Verdict.HOLDS_NOISILY);
    }

    @Test
    void aBarIsForThoseWhoseNameHasItAsAWholeWord() {
        Bar bar = new Bar(", pipe, in", "CPython", 1);
        Contender peer = Contender.peer("CPython Queue", List.of());

        assertThat(bar.isFor(Contender.ours("Procession Queue, pipe, in", List.of()), peer))
                .isTrue();
        assertThat(bar.isFor(Contender.ours("Procession Queue, pipe, in-all", List.of()), peer))
                .isFalse();
        assertThat(bar.isFor(
                        Contender.ours("Procession Queue, pipe, in", List.of()),
                        Contender.peer("raw CPython", List.of())))
                .isFalse();
        assertThat(new Bar("", "CPython", 1).isFor(Contender.ours("anybody", List.of()), peer))
                .isTrue();
    }

    private static Rounds ours(double... ours) {
        return new Rounds(ours);
    }

    private record Rounds(double... ours) {
        Verdict besides(double... peer) {
            return Ratio.of(standing("ours", ours), standing("peer", peer), 1.0).verdict();
        }
    }

    private static Standing standing(String name, double... rounds) {
        Spread spread = new Spread(1, 1, 1, 1, 1, 1);
        return new Standing(
                Contender.ours(name, List.of()),
                DoubleStream.of(rounds).boxed().toList(),
                Median.of(rounds),
                spread,
                Cost.UNKNOWN);
    }
}
