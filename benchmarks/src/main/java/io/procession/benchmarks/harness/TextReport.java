package io.procession.benchmarks.harness;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report for people: a table for each benchmark. */
public final class TextReport {
    private static final double MEBIBYTE = 1 << 20;

    private final PrintStream out;

    /** Prints to a stream. */
    public TextReport(PrintStream out) {
        this.out = out;
    }

    /** Prints where the figures come from. */
    public void print(Machine machine, int rounds, List<String> childFlags, @Nullable Noise before) {
        out.printf(
                Locale.ROOT,
                "%s · %s · %d MiB · %s%n",
                machine.date(),
                machine.processor(),
                machine.memoryMebibytes(),
                machine.system());
        out.printf(
                Locale.ROOT,
                "JDK %s · flags %s · %d rounds, contenders in turn%n",
                machine.jdk(),
                machine.flags(),
                rounds);
        out.printf(Locale.ROOT, "Flags of our child processes: %s%n", String.join(" ", childFlags));
        if (machine.busy()) {
            out.printf(
                    Locale.ROOT,
                    "NOISE: the machine was busy before this began (load %.1f); figures may be too high%n",
                    machine.load());
        }
        if (before != null && before.disturbed()) {
            out.printf(Locale.ROOT, "NOISE: just before this began, %s%n", before.text());
        }
    }

    /** Prints the table of one benchmark. */
    public void print(Result result, Noise noise) {
        Unit unit = result.benchmark().unit();
        out.println();
        out.printf(
                Locale.ROOT,
                "%s, in %s  [%s]%n",
                result.benchmark().title(),
                unit.label(),
                result.benchmark().id());
        out.printf(
                Locale.ROOT,
                "  %-36s %9s  %-19s %9s %9s %11s %9s %9s %9s%n",
                "",
                "median",
                "range of rounds",
                "p99",
                "max",
                "per second",
                "CPU each",
                "switches",
                "peak MiB");
        result.standings().forEach(standing -> print(standing, unit));
        List<Ratio> demanded =
                result.ratios().stream().filter(ratio -> ratio.bar() != null).toList();
        (demanded.isEmpty() ? result.ratios() : demanded).forEach(this::print);
        result.absent().forEach(reason -> out.printf(Locale.ROOT, "  absent: %s%n", reason));
        result.failed().forEach(reason -> out.printf(Locale.ROOT, "  FAILED: %s%n", reason));
        if (noise.disturbed()) {
            out.printf(Locale.ROOT, "  NOISE: meanwhile %s%n", noise.text());
        }
    }

    private void print(Standing standing, Unit unit) {
        Spread spread = standing.spread();
        Cost cost = standing.cost();
        out.printf(
                Locale.ROOT,
                "  %-36s %9s  %-19s %9s %9s %11s %9s %9s %9s%s%n",
                standing.contender().name(),
                Amount.of(unit.of(standing.median())),
                Amount.of(unit.of(standing.lowest())) + " – " + Amount.of(unit.of(standing.highest())),
                Amount.of(unit.of(spread.p99())),
                Amount.of(unit.of(spread.max())),
                Amount.of(unit.perSecond(standing.median())),
                Amount.of(unit.isTime() ? unit.of(cost.cpuNanosEach()) : Double.NaN),
                Amount.of(cost.switchesEach()),
                Amount.of(cost.peakBytes() / MEBIBYTE),
                standing.noisy() ? "  noisy" : "");
    }

    private void print(Ratio ratio) {
        Verdict verdict = ratio.verdict();
        out.printf(
                Locale.ROOT,
                "  → %s = %s × %s%s%n",
                ratio.ours(),
                Amount.of(ratio.factor()),
                ratio.peer(),
                verdict == null ? "" : String.format(Locale.ROOT, "  (bar %.2f: %s)", ratio.bar(), verdict.text()));
    }
}
