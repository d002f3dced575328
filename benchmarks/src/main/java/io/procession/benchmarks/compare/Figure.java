package io.procession.benchmarks.compare;

import io.procession.benchmarks.harness.Standing;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A row of the table: what is read from a measurement, and how it is shown. */
enum Figure {
    ANSWER(Measurements.ANSWER, "8 bytes there and back, median", "µs", Better.LESS, s -> s.median() / 1e3),
    ANSWER_P99(
            Measurements.ANSWER,
            "    99 of 100 are faster than",
            "µs",
            Better.LESS,
            s -> s.spread().p99() / 1e3),
    ANSWER_CPU(
            Measurements.ANSWER,
            "    CPU for one",
            "µs",
            Better.LESS,
            s -> s.cost().cpuNanosEach() / 1e3),
    SMALL(Measurements.SMALL, "items of 64 B through a queue", "1000/s", Better.MORE, s -> 1e6 / s.median()),
    SMALL_CPU(
            Measurements.SMALL,
            "    CPU for one",
            "µs",
            Better.LESS,
            s -> s.cost().cpuNanosEach() / 1e3),
    LARGE(
            Measurements.LARGE,
            "items of 64 KiB through a queue",
            "MB/s",
            Better.MORE,
            s -> Measurements.LARGE_BYTES * 1e3 / s.median()),
    TASK(Measurements.TASK, "a task and its result, median", "µs", Better.LESS, s -> s.median() / 1e3),
    TASK_P99(
            Measurements.TASK,
            "    99 of 100 are faster than",
            "µs",
            Better.LESS,
            s -> s.spread().p99() / 1e3),
    TASKS(Measurements.TASKS, "short tasks, many in flight", "1000/s", Better.MORE, s -> 1e6 / s.median()),
    ARRAYS(
            Measurements.ARRAYS,
            "map over " + Measurements.ARRAYS_COUNT + " arrays of 1 MB",
            "ms",
            Better.LESS,
            s -> s.median() / 1e6),
    START(Measurements.START, "start a process, hear a word, join", "ms", Better.LESS, s -> s.median() / 1e6),
    MEMORY(Measurements.MEMORY, "memory of a worker", "MiB", Better.LESS, s -> s.median() / (1 << 20));

    /** Which end of the scale wins. */
    enum Better {
        /** Times and amounts. */
        LESS,
        /** Rates. */
        MORE
    }

    private final String measurement;
    private final String label;
    private final String unit;
    private final Better better;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final ToDoubleFunction<Standing> value;

    Figure(String measurement, String label, String unit, Better better, ToDoubleFunction<Standing> value) {
        this.measurement = measurement;
        this.label = label;
        this.unit = unit;
        this.better = better;
        this.value = value;
    }

    String measurement() {
        return measurement;
    }

    /** In the table, where it may stand below another. */
    String label() {
        return label;
    }

    /** Where it stands alone. */
    String fullLabel() {
        return switch (this) {
            case ANSWER_P99, ANSWER_CPU -> ANSWER.label.replace(", median", ",") + label.replaceFirst(" +", " ");
            case TASK_P99 -> TASK.label.replace(", median", ",") + label.replaceFirst(" +", " ");
            case SMALL_CPU -> SMALL.label + "," + label.replaceFirst(" +", " ");
            default -> label;
        };
    }

    String unit() {
        return unit;
    }

    Better better() {
        return better;
    }

    double of(Standing standing) {
        return value.applyAsDouble(standing);
    }

    /** How many times better one is than the other. */
    double lead(double one, double other) {
        return better == Better.LESS ? other / one : one / other;
    }

    /** Three digits that count, whatever the size. */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
