package io.procession.transport;

import static java.util.Objects.requireNonNull;

/**
 * Whether a transport can be used here.
 *
 * @param usable true if it can
 * @param reason why it cannot be used and what to do about it, one sentence without a full stop; empty if it can
 */
public record Availability(boolean usable, String reason) {
    /** Checks that a refusal has a reason. */
    public Availability {
        requireNonNull(reason, "reason");
        if (usable != reason.isEmpty()) {
            throw new IllegalArgumentException("a usable transport has no reason, an unusable one has: " + reason);
        }
    }

    /**
     * The transport works here.
     *
     * @return the answer of a usable transport
     */
    public static Availability available() {
        return new Availability(true, "");
    }

    /**
     * The transport does not work here.
     *
     * @param reason why, and what to do about it
     * @return the answer of an unusable transport
     */
    public static Availability refused(String reason) {
        return new Availability(false, reason);
    }
}
