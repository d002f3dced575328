package io.procession.transport;

import static java.util.Objects.requireNonNull;

/**
 * Where a listener can be reached. Contains nothing secret: who may connect is decided by the modes of the private directory or
 * by what is kept inside it.
 *
 * @param transport the id of the transport
 * @param value what the transport needs to connect, at most {@value #MAX_LENGTH} characters; its form is the transport's own
 */
public record TransportAddress(String transport, String value) {
    /** The longest value, in characters. */
    public static final int MAX_LENGTH = 1024;

    /** Checks the length. */
    public TransportAddress {
        requireNonNull(transport, "transport");
        requireNonNull(value, "value");
        if (transport.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("not an address: transport '" + transport + "', " + value.length()
                    + " characters (at most " + MAX_LENGTH + ")");
        }
    }

    // By hand, here and in other keys that a child looks up as it starts: the first call of what the compiler makes of
    // a
    // record's equals and hashCode costs 20 ms.

    @Override
    public boolean equals(Object other) {
        return other instanceof TransportAddress address
                && transport.equals(address.transport)
                && value.equals(address.value);
    }

    @Override
    public int hashCode() {
        return 31 * transport.hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
        return transport + ":" + value;
    }
}
