package io.procession.benchmarks.compare;

import io.procession.benchmarks.harness.Machine;
import io.procession.benchmarks.harness.Result;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The comparison for people. */
final class ComparisonText {
    private static final int WIDTH = 110;

    private final PrintStream out;

    ComparisonText(PrintStream out) {
        this.out = out;
    }

    void print(Comparison comparison, Duration took) {
        machine(comparison, took);
        table(comparison);
        absent(comparison);
        noise(comparison);
        advice(comparison);
    }

    private void machine(Comparison comparison, Duration took) {
        Machine machine = comparison.surroundings().machine();
        out.printf(
                Locale.ROOT,
                "%n%s · %s · %d MiB · %s%n",
                machine.date(),
                machine.processor(),
                machine.memoryMebibytes(),
                machine.system());
        out.printf(
                Locale.ROOT,
                "JDK %s · %d s · rounds for each figure: at least %d, transports in turn%n%n",
                machine.jdk(),
                took.toSeconds(),
                comparison.rounds());
    }

    private void table(Comparison comparison) {
        List<String> ids = comparison.transports().ids();
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-36s %-7s", "", ""));
        ids.forEach(id -> head.append(String.format(Locale.ROOT, "%12s  ", id)));
        out.println(head.toString().stripTrailing());
        for (Figure figure : Figure.values()) {
            StringBuilder row =
                    new StringBuilder(String.format(Locale.ROOT, "%-36s %-7s", figure.label(), figure.unit()));
            List<String> ranked = comparison.ranked(figure);
            for (String id : ids) {
                boolean best =
                        ids.size() > 1 && !ranked.isEmpty() && ranked.get(0).equals(id);
                row.append(String.format(
                        Locale.ROOT,
                        "%12s%s%s",
                        Figure.text(comparison.value(figure, id)),
                        best ? "*" : " ",
                        comparison.noisy(figure, id) ? "~" : " "));
            }
            out.println(row.toString().stripTrailing());
        }
        out.println("* the best of its row   ~ the rounds disagree by more than half   – not measured");
    }

    private void absent(Comparison comparison) {
        comparison
                .transports()
                .refused()
                .forEach((id, reason) -> paragraph("", id + " cannot be used here: " + reason + "."));
        for (Result result : comparison.results()) {
            List<String> missing = Stream.concat(result.absent().stream(), result.failed().stream())
                    .toList();
            missing.forEach(reason ->
                    paragraph("", "Not measured: " + result.benchmark().title() + ", " + reason + "."));
            if (result.standings().isEmpty() && missing.isEmpty()) {
                paragraph(
                        "",
                        "Not measured, no time was left: " + result.benchmark().title() + ". --seconds gives more.");
            }
        }
    }

    private void noise(Comparison comparison) {
        out.println();
        boolean disagree = comparison.transports().ids().stream()
                .anyMatch(id -> List.of(Figure.values()).stream().anyMatch(figure -> comparison.noisy(figure, id)));
        Surroundings surroundings = comparison.surroundings();
        if (surroundings.disturbed()) {
            paragraph(
                    "",
                    String.format(
                            Locale.ROOT,
                            "NOISE: other programs took %.0f %% of the cores meanwhile. All figures suffer, those of transports that use"
                                    + " both cores at once most; run it again when the machine is quiet.",
                            100 * surroundings.othersCpuShare()));
        } else if (disagree) {
            paragraph("", "NOISE: rounds disagree where there is a ~; look at these figures as orders of magnitude.");
        } else if (comparison.rounds() < 2) {
            paragraph("", "One round only, so noise cannot be seen; --seconds gives more.");
        } else {
            out.println("Rounds agree, and nobody else was busy.");
        }
    }

    private void advice(Comparison comparison) {
        out.println();
        out.println("What to take");
        for (Advice advice : Advice.of(comparison)) {
            if (!advice.transports().isEmpty()) {
                paragraph("- ", advice.need() + ": " + choice(advice.transports()) + " (" + advice.reason() + ").");
            }
        }
        Situation.of(comparison).forEach(line -> paragraph("- ", line));
        List<String> overall = Advice.overall(comparison);
        if (!overall.isEmpty()) {
            String id = overall.get(0);
            paragraph(
                    "In short: ",
                    choice(overall) + ". Add procession-transport-" + id
                            + ", and name it if there are others: -Dprocession.transport=" + id + ".");
        }
    }

    private static String choice(List<String> transports) {
        return transports.size() == 1 ? transports.get(0) : String.join(" or ", transports) + ", about equal here";
    }

    /** Breaks lines between words. */
    private void paragraph(String bullet, String text) {
        StringBuilder line = new StringBuilder(bullet);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line.setLength(0);
                line.append(" ".repeat(bullet.isEmpty() ? 0 : 2));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.println(line);
    }
}
