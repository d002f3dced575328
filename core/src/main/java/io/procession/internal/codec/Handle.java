package io.procession.internal.codec;

import static java.util.Objects.requireNonNull;

import io.procession.transport.TransportAddress;

/**
 * What travels in place of a {@link Portable}: where it is and who makes a way to it. Holds no secret.
 *
 * @param resolver the class name of the {@link HandleResolver}, inside {@code io.procession}
 * @param address where its host listens
 * @param incarnation the incarnation of the host process, so that a successor at the same address is not taken for it
 * @param objectId the number of the object in its host, not negative
 */
public record Handle(String resolver, TransportAddress address, long incarnation, long objectId) {
    /** The package inside which resolvers lie; no other class is ever asked. */
    static final String RESOLVER_PACKAGE = "io.procession.";

    /** Checks the parts. */
    public Handle {
        requireNonNull(resolver, "resolver");
        requireNonNull(address, "address");
        if (!resolver.startsWith(RESOLVER_PACKAGE)) {
            throw new IllegalArgumentException("not a resolver of Procession: " + resolver);
        }
    }

    /** What it leads to, for messages: {@code Queue number 3 of the process at pipe:...}. */
    String describe() {
        String kind = Names.afterLast(Names.afterLast(resolver, '.'), '$').replace("Resolver", "");
        return kind + " number " + objectId + " of the process at " + address;
    }
}
