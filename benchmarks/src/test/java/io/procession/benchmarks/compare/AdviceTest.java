package io.procession.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.benchmarks.Transports;
import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Contender;
import io.procession.benchmarks.harness.Cost;
import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.Result;
import io.procession.benchmarks.harness.Spread;
import io.procession.benchmarks.harness.Standing;
import io.procession.benchmarks.harness.Unit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Figures are crafted here; times in nanoseconds, in the order pipe, shm, socket. */
class AdviceTest {
    private final List<Result> results = new ArrayList<>();
    private double othersCpuShare;
    private double freeSharedMemory = 10_000;

    @Test
    void whoLeadsClearlyIsRecommended() {
        measured(Measurements.SMALL, 1000, 200, 400);
        measured(Measurements.TASKS, 4000, 1000, 3000);

        assertThat(advice(Need.SMALL).transports()).containsExactly("shm");
        assertThat(advice(Need.SMALL).reason())
                .isEqualTo("items of 64 B through a queue, in 1000/s: shm 5,000, socket 2,500, pipe 1,000;"
                        + " short tasks, many in flight, in 1000/s: shm 1,000, socket 333, pipe 250");
        assertThat(Advice.overall(comparison())).containsExactly("shm");
    }

    @Test
    void whoIsAboutAsGoodIsNamedToo() {
        measured(Measurements.ANSWER, 9_000, 10_000, 30_000);

        assertThat(advice(Need.ANSWERS).transports()).containsExactly("pipe", "shm");
    }

    @Test
    void whenRoundsDisagreeALeadMustBeLarger() {
        results.add(new Result(
                new Benchmark(Measurements.ANSWER, "", Unit.MICROSECONDS, List.of(), List.of()),
                List.of(standing("pipe", 10.0, 10.0), standing("shm", 13.0, 13.0), standing("socket", 14.0, 40.0)),
                List.of(),
                List.of()));

        assertThat(advice(Need.ANSWERS).transports()).containsExactly("pipe", "shm", "socket");
        assertThat(text()).contains("NOISE: rounds disagree where there is a ~");
    }

    @Test
    void whatWasNotMeasuredGivesNoAdvice() {
        measured(Measurements.SMALL, 1000, 200, 400);
        results.add(new Result(
                new Benchmark(Measurements.LARGE, "large ones", Unit.MICROSECONDS, List.of(), List.of()),
                List.of(),
                List.of(),
                List.of()));

        assertThat(advice(Need.LARGE).transports()).isEmpty();
        assertThat(text())
                .contains("Not measured, no time was left: large ones.")
                .doesNotContain("large values");
    }

    @Test
    void whoFailedIsOutAndTheReasonIsSaid() {
        results.add(new Result(
                new Benchmark(Measurements.SMALL, "small ones", Unit.MICROSECONDS, List.of(), List.of()),
                List.of(standing("pipe", 10), standing("socket", 20)),
                List.of(),
                List.of("shm: ended with exit code 1")));

        assertThat(advice(Need.SMALL).transports()).containsExactly("pipe");
        assertThat(text()).contains("Not measured: small ones, shm: ended with exit code 1.");
    }

    @Test
    void withoutAMemoryFileSystemAnotherIsTaken() {
        freeSharedMemory = Double.NaN;
        measured(Measurements.SMALL, 1000, 200, 400);

        assertThat(Advice.overall(comparison())).containsExactly("socket");
        assertThat(text()).contains("Here, shm is short of room: there is no memory file system");
    }

    @Test
    void whatCannotBeUsedIsListedWithItsReasonAndOthersThatDisturbAreSaid() {
        othersCpuShare = 0.4;
        measured(Measurements.SMALL, 1000, 200, 400);

        assertThat(text())
                .contains("carrier cannot be used here: no pigeons.", "NOISE: other programs took 40 % of the cores");
    }

    private void measured(String id, double pipe, double shm, double socket) {
        results.add(new Result(
                new Benchmark(id, id, Unit.MICROSECONDS, List.of(), List.of()),
                List.of(standing("pipe", pipe), standing("shm", shm), standing("socket", socket)),
                List.of(),
                List.of()));
    }

    private static Standing standing(String transport, double... rounds) {
        List<Double> medians = DoubleStream.of(rounds).boxed().toList();
        Spread spread = new Spread(rounds[0], rounds[0], rounds[0], rounds[0], rounds[0], 1);
        return new Standing(Contender.ours(transport, List.of()), medians, rounds[0], spread, Cost.UNKNOWN);
    }

    private Comparison comparison() {
        Machine machine = new Machine("today", "2 cores", 1024, "Linux", "17", List.of(), 0);
        return new Comparison(
                new Transports(List.of("pipe", "shm", "socket"), Map.of("carrier", "no pigeons")),
                results,
                new Surroundings(machine, othersCpuShare, freeSharedMemory));
    }

    private Advice advice(Need need) {
        return Advice.of(comparison()).get(need.ordinal());
    }

    private String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ComparisonText(new PrintStream(bytes, true, StandardCharsets.UTF_8)).print(comparison(), Duration.ZERO);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
