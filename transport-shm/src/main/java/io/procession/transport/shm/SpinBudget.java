package io.procession.transport.shm;

/**
 * How long a link may be looked at in vain before it goes to sleep: long enough to meet an answer that is on its way, and next to nothing while messages are
 * rare. Learns from how long each sleep turned out to be. For one thread.
 */
final class SpinBudget {
    /** About what a wake-up across two cores costs: who spins so long and goes to sleep then has lost at most as much again. */
    static final long MAX_NANOS = 50_000;
    /** A sleep that was shorter than this would better have been spent spinning. */
    private static final long SHORT_SLEEP_NANOS = 150_000;

    private static final long MIN_NANOS = 1_000;
    private static final boolean SEVERAL_CORES = Runtime.getRuntime().availableProcessors() > 1;

    private final boolean worthwhile;
    private long nanos;
    private long asleepSince;

    SpinBudget() {
        this(SEVERAL_CORES);
    }

    /** With a single core the partner cannot run while this side spins. */
    SpinBudget(boolean severalCores) {
        worthwhile = severalCores;
        nanos = severalCores ? MAX_NANOS / 2 : 0;
    }

    long nanos() {
        return nanos;
    }

    void fellAsleep(long now) {
        asleepSince = now;
    }

    void woke(long now) {
        if (!worthwhile) {
            return;
        }
        if (now - asleepSince < SHORT_SLEEP_NANOS) {
            nanos = Math.min(MAX_NANOS, 2 * nanos + MIN_NANOS);
        } else {
            nanos = Math.max(MIN_NANOS, nanos / 2);
        }
    }
}
