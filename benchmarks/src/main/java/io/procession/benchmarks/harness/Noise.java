package io.procession.benchmarks.harness;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What disturbed a measurement.
 *
 * @param load runnable threads in the minute before its end, its own among them; negative if not known
 * @param others how much of all cores' time went to other programs or to other machines on the same host, from 0 to 1; NaN if not known
 * @param stolen the part that went to other machines
 */
public record Noise(double load, double others, double stolen) {
    /** Beyond this, others are said to disturb. */
    private static final double DISTURBED = 0.1;

    /** A host that takes even little takes it at any time, and from one contender rather than from all. */
    private static final double STOLEN = 0.02;

    /** Watches from now on. */
    public static Watch watch() {
        return new Watch(CoreTime.now(), TreeCpu.seconds());
    }

    /** Since a moment. */
    public static final class Watch {
        private final CoreTime cores;
        private final double ownSeconds;

        private Watch(CoreTime cores, double ownSeconds) {
            this.cores = cores;
            this.ownSeconds = ownSeconds;
        }

        /** What was seen since. */
        public Noise end() {
            CoreTime spent = CoreTime.now().minus(cores);
            double own = TreeCpu.seconds() - ownSeconds;
            return new Noise(
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    Math.max(0, spent.busy() - own) / spent.all(),
                    spent.stolen() / spent.all());
        }
    }

    /** Whether figures taken meanwhile should not be trusted. */
    public boolean disturbed() {
        return others > DISTURBED || stolen > STOLEN;
    }

    /** For people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "other programs and machines had %.0f %% of the cores (other machines %.1f %%), load %.1f",
                100 * others,
                100 * stolen,
                load);
    }
}
