package io.procession.examples.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of one lesson over one transport.
 *
 * @param transport the id of the transport
 * @param lesson what ran
 * @param pid the process that ran its main class
 * @param others the processes that this one started, as far as they said who they are
 * @param took from its start until its end was seen
 * @param differences what was not as expected; empty if nothing
 */
record Outcome(String transport, Lesson lesson, long pid, List<Long> others, Duration took, String differences) {
    boolean asExpected() {
        return differences.isEmpty();
    }

    static String header() {
        return String.format(
                "%-10s %-34s %-8s %-18s %8s  %s", "transport", "program", "in pid", "and in pids", "took", "result");
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-10s %-34s %-8d %-18s %6.2f s  %s",
                transport,
                lesson.title(),
                pid,
                others.toString().replaceAll("[\\[\\]]", ""),
                took.toMillis() / 1000.0,
                asExpected() ? "as expected" : "WRONG: " + differences);
    }
}
