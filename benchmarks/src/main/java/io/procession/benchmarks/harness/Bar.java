package io.procession.benchmarks.harness;

/**
 * What is demanded of ours beside a peer. All samples are times or amounts, so less is better; a rate five times as high is a bar of 0.2.
 *
 * @param ours what the name of the contender ends with, or contains before a comma; empty for all
 * @param peer what the name of the peer begins with
 * @param atMost the factor that ours may be of the peer
 */
public record Bar(String ours, String peer, double atMost) {
    boolean isFor(Contender one, Contender other) {
        return isNamed(ours, one) && other.name().startsWith(peer);
    }

    static boolean isNamed(String part, Contender contender) {
        return (contender.name() + ",").contains(part + (part.isEmpty() ? "" : ","));
    }
}
