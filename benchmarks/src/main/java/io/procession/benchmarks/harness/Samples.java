package io.procession.benchmarks.harness;

import java.io.PrintStream;
import org.HdrHistogram.Histogram;

/**
 * What one run of a contender measured, and the lines by which it says so: {@code sample N} for each sample, {@code cpu SECONDS} for the CPU
 * time that its processes spent meanwhile. All other lines are ignored. Programs in any language can print that.
 *
 * @param histogram the samples, to three digits
 * @param cpuSeconds the CPU time of all samples together; NaN if not known
 */
public record Samples(Histogram histogram, double cpuSeconds) {
    private static final int DIGITS = 3;

    /** Reads what a contender printed. */
    public static Samples parse(Iterable<String> lines) {
        Histogram histogram = new Histogram(DIGITS);
        double cpuSeconds = Double.NaN;
        for (String line : lines) {
            if (line.startsWith("sample ")) {
                histogram.recordValue(Long.parseLong(line.substring("sample ".length())));
            } else if (line.startsWith("cpu ")) {
                cpuSeconds = Double.parseDouble(line.substring("cpu ".length()));
            }
        }
        return new Samples(histogram, cpuSeconds);
    }

    /** Prints what {@link #parse} reads. */
    public static void print(PrintStream out, long[] samples, double cpuSeconds) {
        StringBuilder lines = new StringBuilder();
        for (long sample : samples) {
            lines.append("sample ").append(sample).append('\n');
        }
        out.print(lines.append("cpu ").append(cpuSeconds).append('\n'));
        out.flush();
    }

    /** The sample in the middle. */
    public double median() {
        return histogram.getValueAtPercentile(50);
    }

    /** Nanoseconds of CPU time a sample; NaN if not known. */
    public double cpuNanosEach() {
        return cpuSeconds * 1e9 / histogram.getTotalCount();
    }
}
