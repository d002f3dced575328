package io.procession.benchmarks;

import io.procession.benchmarks.harness.Amount;
import io.procession.benchmarks.harness.Contender.Role;
import io.procession.benchmarks.harness.Cost;
import io.procession.benchmarks.harness.JsonReport;
import io.procession.benchmarks.harness.JsonReport.Comparison;
import io.procession.benchmarks.harness.JsonReport.Figures;
import io.procession.benchmarks.harness.Ratio;
import io.procession.benchmarks.harness.Spread;
import io.procession.benchmarks.harness.Unit;
import io.procession.benchmarks.harness.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of targets with the figures of one run, as Markdown. */
final class TargetTable {
    private static final double MEBIBYTE = 1 << 20;

    private final JsonReport report;
    private final StringBuilder text = new StringBuilder();

    private TargetTable(JsonReport report) {
        this.report = report;
    }

    static String of(JsonReport report) {
        TargetTable table = new TargetTable(report);
        table.head();
        table.rows();
        table.details();
        return table.text.toString();
    }

    private void head() {
        line("# Targets, and what one run says of them");
        line("");
        line("Written by the benchmarks from the figures of one run, contenders in turn, rounds: " + report.rounds()
                + ", medians of rounds. Less is better in all columns; \"CPU\" is what all processes of a contender"
                + " spent for one. A ratio is ours to the peer, median by median; `noisy` means that rounds disagree about"
                + " the bar, or, beside a figure, that they differ by more than half.");
        line("");
        line("```sh");
        line("mvn -q -Pbenchmark -Dbenchmark.args=\"" + report.command() + "\"");
        line("mvn -q -Pbenchmark -Dbenchmark.args=\"--table FILE\"");
        line("```");
        line("");
        line("- " + report.machine().date() + ", " + report.machine().processor() + ", "
                + report.machine().memoryMebibytes() + " MiB, "
                + report.machine().system());
        line("- JDK " + report.machine().jdk() + ", flags of the harness: "
                + orNone(report.machine().flags()) + "; flags of our child processes: " + orNone(report.childFlags()));
        if (!report.resumed().isEmpty()) {
            line("- **Not all in one go**: it was ended and taken up again at " + String.join(", ", report.resumed()));
        }
        line("- Noise: " + noise());
        line("- " + summary());
        line("");
    }

    private static String orNone(List<String> flags) {
        return flags.isEmpty() ? "none" : "`" + String.join(" ", flags) + "`";
    }

    private String noise() {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                        Locale.ROOT,
                        "load %.1f before it began",
                        report.machine().load())
                + (report.machine().busy() ? " (**busy**)" : ""));
        if (report.before() != null) {
            parts.add((report.before().disturbed() ? "**disturbed** just before: " : "just before: ")
                    + report.before().text());
        }
        String disturbed = report.benchmarks().stream()
                .filter(benchmark -> benchmark.noise().disturbed())
                .map(TargetTable::disturbed)
                .collect(Collectors.joining(", "));
        parts.add(
                disturbed.isEmpty()
                        ? "nothing disturbed any benchmark"
                        : "**others had part of the cores** (and the host took some) during " + disturbed);
        return String.join("; ", parts);
    }

    private static String disturbed(Comparison benchmark) {
        return String.format(
                Locale.ROOT,
                "`%s` %.0f %% (%.1f %%)",
                benchmark.id(),
                100 * benchmark.noise().others(),
                100 * benchmark.noise().stolen());
    }

    private String summary() {
        List<Verdict> verdicts = Target.all().stream()
                .flatMap(target -> target.benchmarks().stream())
                .flatMap(id -> find(id).stream())
                .flatMap(benchmark -> benchmark.ratios().stream())
                .map(Ratio::verdict)
                .filter(Objects::nonNull)
                .toList();
        long held = verdicts.stream().filter(Verdict::holds).count();
        long missing = Target.ids().stream().filter(id -> find(id).isEmpty()).count();
        long failed = report.benchmarks().stream()
                .mapToLong(benchmark -> benchmark.failed().size())
                .sum();
        return "Of " + verdicts.size() + " comparisons with a bar, " + held + " hold"
                + (failed == 0 ? "" : "; **contenders that failed: " + failed + "**, with the reason below")
                + (missing == 0 ? "" : "; **" + missing + " benchmarks have not been run yet**");
    }

    private void rows() {
        line("| What | Bar | Procession | Peers and limits | Beside the bar |");
        line("| --- | --- | --- | --- | --- |");
        for (Target target : Target.all()) {
            for (String id : target.benchmarks()) {
                boolean first = id.equals(target.benchmarks().get(0));
                String what = (first ? "**" + target.what() + "**" : "")
                        + find(id).map(found -> (first ? "<br>" : "") + found.title() + ", "
                                        + found.shownIn().label())
                                .orElse("");
                String bar = first ? target.bar() + "<br>*Goal: " + target.goal() + "*" : "";
                line("| " + what + " `" + id + "` | " + bar + " | "
                        + find(id).map(TargetTable::cells).orElse("not run yet | | ") + " |");
            }
        }
        line("");
    }

    private Optional<Comparison> find(String id) {
        return report.benchmarks().stream()
                .filter(benchmark -> benchmark.id().equals(id))
                .findFirst();
    }

    private static String cells(Comparison benchmark) {
        String absent = missing(benchmark).collect(Collectors.joining("<br>"));
        String peers = figures(benchmark, Role.PEER);
        return figures(benchmark, Role.OURS) + " | "
                + peers + (peers.isEmpty() || absent.isEmpty() ? "" : "<br>") + absent + " | "
                + benchmark.ratios().stream()
                        .filter(ratio -> ratio.bar() != null)
                        .map(TargetTable::verdict)
                        .collect(Collectors.joining("<br>"));
    }

    private static Stream<String> missing(Comparison benchmark) {
        return Stream.concat(
                benchmark.absent().stream().map(reason -> "absent: " + reason),
                benchmark.failed().stream().map(reason -> "**failed**: " + reason));
    }

    private static String figures(Comparison benchmark, Role role) {
        Unit unit = benchmark.shownIn();
        return benchmark.standings().stream()
                .filter(figures -> figures.role() == role)
                .map(figures -> figure(figures, unit))
                .collect(Collectors.joining("<br>"));
    }

    private static String figure(Figures figures, Unit unit) {
        String median = Amount.of(unit.of(figures.median()));
        double cpu = unit.isTime() ? figures.cost().cpuNanosEach() : Double.NaN;
        return shortName(figures.name())
                + (figures.role() == Role.OURS ? " **" + median + "**" : " " + median)
                + (Double.isFinite(cpu) ? " (CPU " + Amount.of(unit.of(cpu)) + ")" : "")
                + (figures.noisy() ? " noisy" : "");
    }

    private static String verdict(Ratio ratio) {
        Verdict verdict = ratio.verdict();
        return shortName(ratio.ours()) + ": " + Amount.of(ratio.factor()) + " × " + ratio.peer()
                + (ratio.bar() == null || ratio.bar() == 1 ? "" : ", bar " + Amount.of(ratio.bar()))
                + ": " + (verdict == null ? "" : verdict.holds() ? verdict.text() : "**" + verdict.text() + "**");
    }

    /** Without what all of ours have in common. */
    private static String shortName(String name) {
        return name.replaceFirst("^Procession (\\w+, |\\w+ in )?", "");
    }

    private void details() {
        line("## All figures");
        line("");
        line(
                "\"Switches\" are context switches for one, \"peak\" the most memory that all processes of a contender had in RAM, in MiB.");
        for (Comparison benchmark : report.benchmarks()) {
            line("");
            line("### " + benchmark.title() + ", in " + benchmark.shownIn().label() + " (`" + benchmark.id() + "`)");
            line("");
            line("| | median | rounds | p90 | p99 | p99.9 | max | per second | CPU | switches | peak |");
            line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            benchmark.standings().forEach(figures -> line(detail(figures, benchmark.shownIn())));
            missing(benchmark).forEach(reason -> line("| " + reason + " | | | | | | | | | | |"));
        }
    }

    private static String detail(Figures figures, Unit unit) {
        Spread spread = figures.spread();
        Cost cost = figures.cost();
        return "| "
                + String.join(
                        " | ",
                        figures.role() == Role.OURS ? "**" + figures.name() + "**" : figures.name(),
                        Amount.of(unit.of(figures.median())),
                        figures.roundMedians().stream()
                                .map(median -> Amount.of(unit.of(median)))
                                .collect(Collectors.joining(" / ")),
                        Amount.of(unit.of(spread.p90())),
                        Amount.of(unit.of(spread.p99())),
                        Amount.of(unit.of(spread.p999())),
                        Amount.of(unit.of(spread.max())),
                        Amount.of(unit.perSecond(figures.median())),
                        Amount.of(unit.isTime() ? unit.of(cost.cpuNanosEach()) : Double.NaN),
                        Amount.of(cost.switchesEach()),
                        Amount.of(cost.peakBytes() / MEBIBYTE))
                + " |";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
