package io.procession.benchmarks.harness;

/** How the samples of a benchmark, whole numbers as a subject prints them, are shown. */
public enum Unit {
    /** Samples are nanoseconds. */
    MICROSECONDS("µs", 1e3),
    /** Samples are nanoseconds. */
    MILLISECONDS("ms", 1e6),
    /** Samples are nanoseconds of CPU time in a second of time. */
    PERCENT_OF_A_CORE("% of a core", 1e7),
    /** Samples are bytes. */
    MEBIBYTES("MiB", 1 << 20);

    private final String label;
    private final double divisor;

    Unit(String label, double divisor) {
        this.label = label;
        this.divisor = divisor;
    }

    /** The unit as it is printed. */
    public String label() {
        return label;
    }

    /** Whether samples are times. */
    public boolean isTime() {
        return this == MICROSECONDS || this == MILLISECONDS;
    }

    /** How many of what takes so long fit into a second; NaN if that is no time. */
    public double perSecond(double sample) {
        return isTime() ? 1e9 / sample : Double.NaN;
    }

    /** A sample in this unit. */
    public double of(double sample) {
        return sample / divisor;
    }
}
