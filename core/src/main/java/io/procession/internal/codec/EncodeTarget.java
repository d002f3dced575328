package io.procession.internal.codec;

import static java.util.Objects.requireNonNull;

import io.procession.codec.SerializationException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who will decode a message, as far as it matters while it is encoded: handles of a transport that the receiver lacks are refused
 * at the sender, where the user can do something about it.
 *
 * @param name what to call the receiver in an error
 * @param transports the ids of the transports it has, or null if that is not known
 */
public record EncodeTarget(String name, @Nullable Set<String> transports) {
    /** A receiver that is not known; nothing is refused for its sake. */
    public static final EncodeTarget ANYONE = new EncodeTarget("the receiver", null);

    /** Copies the set. */
    public EncodeTarget {
        requireNonNull(name, "name");
        transports = transports == null ? null : Set.copyOf(transports);
    }

    /** Whether it is known to have no such transport. */
    boolean lacks(String transport) {
        return transports != null && !transports.contains(transport);
    }

    /**
     * Judges a value that was encoded when the receiver was not known yet.
     *
     * @param value the value
     * @return why it must not be sent to this receiver; null if it may
     */
    public @Nullable SerializationException refusal(Encoded value) {
        if (!value.hasHandles()) {
            return null;
        }
        for (Map.Entry<String, Handle> each : value.handles().entrySet()) {
            if (lacks(each.getKey())) {
                return Refusals.ofTransport(each.getValue(), this).toException(null);
            }
        }
        return null;
    }
}
