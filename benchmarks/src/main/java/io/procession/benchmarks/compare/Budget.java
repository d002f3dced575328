package io.procession.benchmarks.compare;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long is measured. Somebody who types the command waits for the compiler, too, and three minutes are promised for all. */
final class Budget {
    /** The system property that says when the command was typed, in ISO-8601. */
    static final String BEGAN = "compare.began";

    private static final Duration PROMISED = Duration.ofSeconds(168);
    private static final Duration USUAL = Duration.ofSeconds(100);
    /** Less tells nothing, whatever was promised. */
    private static final Duration LEAST = Duration.ofSeconds(30);

    private Budget() {}

    /**
     * Decides.
     *
     * @param wanted seconds, or null if the user leaves it to us
     * @param began when the command was typed; null if not known
     */
    static Duration of(@Nullable Integer wanted, @Nullable String began, Instant now) {
        if (wanted != null) {
            return Duration.ofSeconds(wanted);
        }
        Duration left = PROMISED.minus(passed(began, now));
        if (left.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return left.compareTo(USUAL) < 0 ? left : USUAL;
    }

    private static Duration passed(@Nullable String began, Instant now) {
        try {
            return began == null ? Duration.ZERO : Duration.between(Instant.parse(began), now);
        } catch (DateTimeException notATime) {
            return Duration.ZERO;
        }
    }
}
