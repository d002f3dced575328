package io.procession.benchmarks.harness;

/** Whether a bar holds. */
public enum Verdict {
    /** In the median and in each round. */
    HOLDS("holds"),
    /** In the median, but not in each round. */
    HOLDS_NOISILY("noisy, holds"),
    /** Not in the median, but in some round. */
    MISSED_NOISILY("noisy, MISSED"),
    /** In no round. */
    MISSED("MISSED");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    static Verdict of(double median, double lowest, double highest, double bar) {
        if (median <= bar) {
            return highest <= bar ? HOLDS : HOLDS_NOISILY;
        }
        return lowest <= bar ? MISSED_NOISILY : MISSED;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** Whether it does, as far as can be said. */
    public boolean holds() {
        return this == HOLDS || this == HOLDS_NOISILY;
    }
}
