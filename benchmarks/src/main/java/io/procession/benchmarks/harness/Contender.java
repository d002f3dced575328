package io.procession.benchmarks.harness;

import java.util.List;

/**
 * One of those that are compared.
 *
 * @param name what it is, as the report prints it
 * @param role whether it is what we build or what we compare it with
 * @param command the program to run, once a round; it prints its {@link Samples}
 */
public record Contender(String name, Role role, List<String> command) {
    /** On which side of the ratio a contender stands. */
    public enum Role {
        /** Ours: the numerator. */
        OURS,
        /** A peer or a physical limit: the denominator. */
        PEER
    }

    /** Copies the command. */
    public Contender {
        command = List.copyOf(command);
    }

    /** One of ours. */
    public static Contender ours(String name, List<String> command) {
        return new Contender(name, Role.OURS, command);
    }

    /** One to compare with. */
    public static Contender peer(String name, List<String> command) {
        return new Contender(name, Role.PEER, command);
    }
}
