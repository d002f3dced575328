package io.procession.benchmarks.subjects;

/**
 * A part of a run, warm-up or measurement: it ends after a number of operations, or after the time that the harness grants, but not before the first
 * operation. The time begins with the phase; the system property {@value #PROPERTY} says how long a measurement takes, and warming up takes twice that, for the sake of the
 * compilers.
 */
public final class Phase {
    /** Seconds, as a decimal number; endless if not set. */
    public static final String PROPERTY = "benchmark.phase.seconds";

    private final int operations;
    private final long began = System.nanoTime();
    private final double nanos;

    private Phase(int operations, int times) {
        this.operations = operations;
        this.nanos = times * Double.parseDouble(System.getProperty(PROPERTY, "Infinity")) * 1e9;
    }

    static Phase warmUp(int operations) {
        return new Phase(operations, 2);
    }

    static Phase measurement(int operations) {
        return new Phase(operations, 1);
    }

    boolean goesOn(int done) {
        return done < operations && (done == 0 || System.nanoTime() - began < nanos);
    }
}
