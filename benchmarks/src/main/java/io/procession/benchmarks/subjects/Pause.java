package io.procession.benchmarks.subjects;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What lies between two messages, if the harness wants that: both sides have fallen asleep before the next, and what is measured is how they wake. */
public final class Pause {
    private static final String MILLIS = "benchmark.pauseMillis";
    private static final long EACH = Long.getLong(MILLIS, 0);

    private Pause() {}

    /** The JVM flags by which a harness asks for pauses. */
    public static List<String> of(long millis) {
        return List.of("-D" + MILLIS + "=" + millis);
    }

    static boolean wanted() {
        return EACH > 0;
    }

    /** Sleeps, or returns at once if there are no pauses. */
    static void take() throws InterruptedException {
        if (EACH > 0) {
            TimeUnit.MILLISECONDS.sleep(EACH);
        }
    }
}
