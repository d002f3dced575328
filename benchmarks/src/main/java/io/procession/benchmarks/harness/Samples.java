package io.procession.benchmarks.harness;

import java.io.PrintStream;
import org.HdrHistogram.Histogram;

/**
 * What one run of a contender measured, and the lines by which it says so: {@code sample N} for each sample; for what its processes used meanwhile {@code cpu
 * SECONDS}, {@code switches N} and {@code peak BYTES} (see {@link Usage}), each of which may be missing. All other lines are ignored. Programs in any language can
 * print that.
 *
 * @param histogram the samples, to three digits
 * @param usage what all samples together needed
 */
public record Samples(Histogram histogram, Usage usage) {
    private static final int DIGITS = 3;

    /** Reads what a contender printed. */
    public static Samples parse(Iterable<String> lines) {
        Histogram histogram = new Histogram(DIGITS);
        double cpuSeconds = Double.NaN;
        double switches = Double.NaN;
        double peakBytes = Double.NaN;
        for (String line : lines) {
            if (line.startsWith("sample ")) {
                histogram.recordValue(Long.parseLong(rest(line)));
            } else if (line.startsWith("cpu ")) {
                cpuSeconds = Double.parseDouble(rest(line));
            } else if (line.startsWith("switches ")) {
                switches = Double.parseDouble(rest(line));
            } else if (line.startsWith("peak ")) {
                peakBytes = Double.parseDouble(rest(line));
            }
        }
        return new Samples(histogram, new Usage(cpuSeconds, switches, peakBytes));
    }

    private static String rest(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** Prints what {@link #parse} reads. */
    public static void print(PrintStream out, long[] samples, Usage usage) {
        StringBuilder lines = new StringBuilder();
        for (long sample : samples) {
            lines.append("sample ").append(sample).append('\n');
        }
        lines.append("cpu ").append(usage.cpuSeconds()).append('\n');
        lines.append("switches ").append(usage.switches()).append('\n');
        lines.append("peak ").append(usage.peakBytes()).append('\n');
        out.print(lines);
        out.flush();
    }

    /** Prints that a contender cannot take part here, and why: that is no failure. It should end with exit code 0 then. */
    public static void printAbsent(PrintStream out, String reason) {
        out.println(AbsentException.LINE + reason.lines().findFirst().orElse("no reason"));
        out.flush();
    }

    /** The sample in the middle. */
    public double median() {
        return histogram.getValueAtPercentile(50);
    }

    /** Nanoseconds of CPU time a sample; NaN if not known. */
    public double cpuNanosEach() {
        return usage.cpuSeconds() * 1e9 / histogram.getTotalCount();
    }

    /** Context switches a sample; NaN if not known. */
    public double switchesEach() {
        return usage.switches() / histogram.getTotalCount();
    }
}
