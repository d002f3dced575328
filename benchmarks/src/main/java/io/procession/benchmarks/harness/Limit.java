package io.procession.benchmarks.harness;

/**
 * An amount that is demanded of ours whatever others need.
 *
 * @param ours what the name of the contender ends with, or contains before a comma; empty for all
 * @param label the amount as it is printed, with its unit
 * @param atMost the largest sample that holds
 */
public record Limit(String ours, String label, double atMost) {
    boolean isFor(Contender contender) {
        return Bar.isNamed(ours, contender);
    }
}
