package io.procession.internal.connection;

import java.util.Set;

/**
 * A process as others see it.
 *
 * @param incarnation its number, unique for all time, never zero
 * @param pid the operating system's number for it
 * @param name its name, for texts
 * @param transports the ids of the transports it could use
 */
public record Peer(long incarnation, long pid, String name, Set<String> transports) {
    /** Copies the set. */
    public Peer {
        transports = Set.copyOf(transports);
    }

    @Override
    public String toString() {
        return name + " (pid " + pid + ")";
    }
}
