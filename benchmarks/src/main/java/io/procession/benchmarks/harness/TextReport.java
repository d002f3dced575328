package io.procession.benchmarks.harness;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The report for people: a table for each benchmark. */
public final class TextReport {
    private final PrintStream out;

    /** Prints to a stream. */
    public TextReport(PrintStream out) {
        this.out = out;
    }

    /** Prints where the figures come from. */
    public void print(Machine machine, int rounds, List<String> childFlags) {
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
    }

    /** Prints the table of one benchmark. */
    public void print(Result result) {
        Unit unit = result.benchmark().unit();
        out.println();
        out.printf(
                Locale.ROOT,
                "%s, in %s  [%s]%n",
                result.benchmark().title(),
                unit.label(),
                result.benchmark().id());
        out.printf(Locale.ROOT, "  %-34s %9s  %-19s %9s %12s%n", "", "median", "range of rounds", "p99", "CPU for one");
        for (Standing standing : result.standings()) {
            out.printf(
                    Locale.ROOT,
                    "  %-34s %9.2f  %-19s %9.2f %12s%s%n",
                    standing.contender().name(),
                    unit.of(standing.median()),
                    String.format(Locale.ROOT, "%.2f – %.2f", unit.of(standing.lowest()), unit.of(standing.highest())),
                    unit.of(standing.p99()),
                    Double.isNaN(standing.cpuNanosEach()) || unit == Unit.PERCENT_OF_A_CORE
                            ? "–"
                            : String.format(Locale.ROOT, "%.2f", unit.of(standing.cpuNanosEach())),
                    standing.noisy() ? "  noisy" : "");
        }
        result.ratios()
                .forEach(ratio -> out.printf(
                        Locale.ROOT,
                        "  → %s = %.2f × %s%s%n",
                        ratio.ours(),
                        ratio.factor(),
                        ratio.peer(),
                        ratio.verdict()));
        result.absent().forEach(reason -> out.printf(Locale.ROOT, "  absent: %s%n", reason));
    }
}
