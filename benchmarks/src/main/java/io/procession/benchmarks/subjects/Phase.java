package io.procession.benchmarks.subjects;

import java.util.List;

/**
 * A part of a run, warm-up or measurement: it ends after a number of operations, or after the time that the harness grants, but not before the first operation. The time begins
 * with the phase.
 */
public final class Phase {
    private static final String WARM_UP = "benchmark.warmUpSeconds";
    private static final String MEASUREMENT = "benchmark.measurementSeconds";

    private final int operations;
    private final long began = System.nanoTime();
    private final double nanos;

    private Phase(int operations, String limit) {
        this.operations = operations;
        this.nanos = Double.parseDouble(System.getProperty(limit, "Infinity")) * 1e9;
    }

    /** The JVM flags by which a harness limits the time; without them there is no limit. */
    public static List<String> limits(double warmUpSeconds, double measurementSeconds) {
        return List.of("-D" + WARM_UP + "=" + warmUpSeconds, "-D" + MEASUREMENT + "=" + measurementSeconds);
    }

    static Phase warmUp(int operations) {
        return new Phase(operations, WARM_UP);
    }

    static Phase measurement(int operations) {
        return new Phase(operations, MEASUREMENT);
    }

    boolean goesOn(int done) {
        return done < operations && (done == 0 || System.nanoTime() - began < nanos);
    }
}
