package io.procession.benchmarks.subjects;

/**
 * A part of a run, warm-up or measurement: it ends after a number of operations, or after the time that the harness grants by the system property {@value
 * #PROPERTY}, but not before the first operation. The time begins with the phase.
 */
public final class Phase {
    /** Seconds, as a decimal number; endless if not set. */
    public static final String PROPERTY = "benchmark.phase.seconds";

    private final int operations;
    private final long began = System.nanoTime();
    private final double nanos = Double.parseDouble(System.getProperty(PROPERTY, "Infinity")) * 1e9;

    Phase(int operations) {
        this.operations = operations;
    }

    boolean goesOn(int done) {
        return done < operations && (done == 0 || System.nanoTime() - began < nanos);
    }
}
