package io.procession.internal.pool;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them, for messages: {@code 600 ms}, {@code 1.5 s}, {@code 2 min 30 s}, {@code 3 d 4 h}. */
public final class TimeText {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 60 * SECONDS_PER_MINUTE;
    private static final long SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;

    private TimeText() {}

    /** The two largest units of it; below a minute exact to a thousandth of its unit. */
    public static String of(Duration time) {
        if (time.isNegative()) {
            return "-" + of(time.toSeconds() == Long.MIN_VALUE ? Duration.ofSeconds(Long.MAX_VALUE) : time.negated());
        }
        long seconds = time.toSeconds();
        if (seconds >= SECONDS_PER_DAY) {
            return two(seconds / SECONDS_PER_DAY, "d", seconds % SECONDS_PER_DAY / SECONDS_PER_HOUR, "h");
        }
        if (seconds >= SECONDS_PER_HOUR) {
            return two(seconds / SECONDS_PER_HOUR, "h", seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE, "min");
        }
        if (seconds >= SECONDS_PER_MINUTE) {
            return two(seconds / SECONDS_PER_MINUTE, "min", seconds % SECONDS_PER_MINUTE, "s");
        }
        if (seconds > 0 || time.isZero()) {
            return decimal(seconds + time.getNano() / 1e9, "s");
        }
        return time.getNano() < 1000
                ? time.getNano() + " ns"
                : decimal((double) time.getNano() / NANOS_PER_MILLI, "ms");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String decimal(double value, String unit) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "") + " " + unit;
    }
}
