package io.procession.benchmarks.harness;

import java.util.Locale;

/** Numbers for people: three digits that count, whatever the size. */
public final class Amount {
    private Amount() {}

    /** The number, or a dash if it is not known. */
    public static String of(double number) {
        if (!Double.isFinite(number)) {
            return "–";
        }
        double size = Math.abs(number);
        return String.format(
                Locale.ROOT,
                size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f",
                number);
    }
}
