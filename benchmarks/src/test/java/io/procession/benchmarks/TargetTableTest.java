package io.procession.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.benchmarks.harness.Benchmark;
import io.procession.benchmarks.harness.Contender;
import io.procession.benchmarks.harness.Contender.Role;
import io.procession.benchmarks.harness.Cost;
import io.procession.benchmarks.harness.JsonReport;
import io.procession.benchmarks.harness.JsonReport.Comparison;
import io.procession.benchmarks.harness.JsonReport.Figures;
import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.Noise;
import io.procession.benchmarks.harness.Ratio;
import io.procession.benchmarks.harness.Spread;
import io.procession.benchmarks.harness.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTableTest {
    private static final Noise QUIET = new Noise(0.1, 0.01, 0);

    @TempDir
    Path directory;

    @Test
    void eachRowHasBenchmarksWithABar() {
        Map<String, Benchmark> all = new Catalogue(
                        new Commands(directory), Effort.full(1), List.of(), List.of("pipe", "shm", "socket"))
                .all().stream().collect(Collectors.toMap(Benchmark::id, Function.identity()));

        assertThat(all.keySet()).containsAll(Target.ids());
        for (Target target : Target.all()) {
            Benchmark first = all.get(target.benchmarks().get(0));
            assertThat(first.bars().size() + first.limits().size())
                    .as("bars of %s", target.what())
                    .isPositive();
            target.benchmarks().forEach(id -> assertBarsAreForSomebody(all.get(id)));
        }
    }

    private static void assertBarsAreForSomebody(Benchmark benchmark) {
        assertThat(benchmark.bars())
                .as("bars of %s are beside somebody who takes part", benchmark.id())
                .allSatisfy(bar -> assertThat(benchmark.contenders())
                        .anyMatch(contender -> contender.name().startsWith(bar.peer())
                                || benchmark.absent().stream().anyMatch(one -> one.startsWith(bar.peer()))));
    }

    /** What is promised of shm is promised of its queues wherever they lie. */
    @Test
    void queuesWithTheirOwnerHaveTheBarsOfTheirTransport() {
        Benchmark benchmark = new QueueCatalogue(new Commands(directory), Effort.full(1), List.of("shm"))
                .all().stream()
                        .filter(each -> each.id().equals("queue-64"))
                        .findFirst()
                        .orElseThrow();
        List<Contender> hosted = benchmark.contenders().stream()
                .filter(contender -> contender.name().startsWith("Procession Queue with its owner, shm, "))
                .toList();

        assertThat(hosted)
                .hasSize(4)
                .allSatisfy(contender -> assertThat(contender.command()).contains("shm/hosted"));
        assertThat(benchmark.bars().stream().filter(bar -> bar.peer().equals("Aeron")))
                .allSatisfy(bar -> assertThat(hosted)
                        .anyMatch(contender -> contender.name().endsWith(bar.ours())));
    }

    @Test
    void aRowTellsOursThePeersAndWhetherTheBarHolds() {
        Comparison one = comparison(
                QUIET,
                List.of("PP4J: it does not run here"),
                ratio("Procession Pool, pipe", 0.25, 0.2, 0.3),
                ratio("Procession Pool, shm", 0.45, 0.4, 0.6),
                ratio("Procession Pool, socket", 2, 1, 3));

        assertThat(TargetTable.of(report(one)))
                .contains(
                        "| **No-op task, one in flight**",
                        "pipe **10.0** (CPU 2.00)",
                        "CPython Pool 40.0",
                        "absent: PP4J: it does not run here",
                        "**failed**: hand-written worker: not done within 180 s",
                        "**contenders that failed: 1**",
                        "pipe: 0.250 × CPython Pool, bar 0.500: holds",
                        "shm: 0.450 × CPython Pool, bar 0.500: noisy, holds",
                        "socket: 2.00 × CPython Pool, bar 0.500: **MISSED**",
                        "Of 3 comparisons with a bar, 2 hold",
                        "`pool-many` | shm ≥ 10 × CPython",
                        "not run yet",
                        "nothing disturbed any benchmark",
                        "--set targets --rounds 3");
    }

    @Test
    void whatDisturbedIsSaid() {
        assertThat(TargetTable.of(report(comparison(new Noise(7, 0.4, 0.03), List.of()))))
                .contains("`pool-one` 40 % (3.0 %)")
                .contains("**disturbed** just before: other programs and machines had 40 % of the cores");
    }

    @Test
    void theTableOfAFileIsThatOfTheRun() throws IOException {
        JsonReport report = report(comparison(QUIET, List.of(), ratio("Procession Pool, pipe", 0.25, 0.2, 0.3)));
        Path file = directory.resolve("figures.json");

        report.write(file);

        assertThat(TargetTable.of(JsonReport.read(file))).isEqualTo(TargetTable.of(report));
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aRunThatIsTakenUpAgainKeepsWhatItHasAndSaysSo() {
        JsonReport begun = report(comparison(QUIET, List.of()));

        JsonReport resumed = begun.resumed(machine("tomorrow", "2 cores"), 3);

        assertThat(resumed.has("pool-one")).isTrue();
        assertThat(resumed.has("pool-many")).isFalse();
        assertThat(resumed.with(comparison(QUIET, List.of())).benchmarks()).hasSize(1);
        assertThat(TargetTable.of(begun)).doesNotContain("Not all in one go");
        assertThat(TargetTable.of(resumed)).contains("taken up again at tomorrow");
    }

    @Test
    void figuresOfAnotherMachineOrOfOtherRoundsAreNotGoneOnWith() {
        JsonReport begun = report(comparison(QUIET, List.of()));

        assertThatThrownBy(() -> begun.resumed(machine("tomorrow", "64 cores"), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 cores")
                .hasMessageContaining("64 cores");
        assertThatThrownBy(() -> begun.resumed(machine("tomorrow", "2 cores"), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--rounds 3");
    }

    @Test
    void whatIsNoReportIsRefusedWithItsName() throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), "[1, 2]");

        assertThatThrownBy(() -> JsonReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.json")
                .hasMessageContaining("--json");
    }

    @Test
    void pathsOfOurOwnFilesAreLeftOut() {
        assertThat(ChildFlags.withoutPaths(List.of("-XX:ErrorFile=/tmp/a/b/hs_err.log", "-Xlog:disable")))
                .containsExactly("-XX:ErrorFile=…/hs_err.log", "-Xlog:disable");
    }

    private static Ratio ratio(String ours, double factor, double lowest, double highest) {
        return new Ratio(ours, "CPython Pool", factor, lowest, highest, 0.5);
    }

    private static Comparison comparison(Noise noise, List<String> absent, Ratio... ratios) {
        return new Comparison(
                "pool-one",
                "No-op task",
                Unit.MICROSECONDS,
                noise,
                List.of(figures("Procession Pool, pipe", Role.OURS, 10), figures("CPython Pool", Role.PEER, 40)),
                List.of(ratios),
                absent,
                List.of("hand-written worker: not done within 180 s"));
    }

    private static Figures figures(String name, Role role, double micros) {
        double nanos = micros * 1000;
        return new Figures(
                name,
                role,
                List.of(nanos),
                nanos,
                new Spread(nanos, nanos, nanos, nanos, nanos, 1),
                new Cost(2000, Double.NaN, 1 << 20),
                false);
    }

    private static Machine machine(String date, String processor) {
        return new Machine(date, processor, 1024, "Linux", "17", List.of(), 0.1);
    }

    private static JsonReport report(Comparison comparison) {
        Machine machine = machine("today", "2 cores");
        return new JsonReport(
                machine,
                "--set targets --rounds 3 --json FILE",
                List.of(),
                3,
                List.of(),
                comparison.noise(),
                List.of(comparison));
    }
}
