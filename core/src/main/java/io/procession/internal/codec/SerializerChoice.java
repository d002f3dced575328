package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import io.procession.codec.Serializer;
import org.jspecify.annotations.Nullable;

/** The serializer for objects of the user's classes, found when the first such object is met. Safe for use by any thread. */
final class SerializerChoice {
    private final @Nullable String named;
    private volatile @Nullable Serializer chosen;

    /**
     * @param named the id to use, or null for the one that is found, else Kryo
     */
    SerializerChoice(@Nullable String named) {
        this.named = named;
    }

    Serializer get() {
        Serializer serializer = chosen;
        return serializer != null ? serializer : choose();
    }

    private synchronized Serializer choose() {
        if (chosen == null) {
            chosen = SerializerProviders.choose(named);
        }
        return chosen;
    }

    void checkIs(String id) {
        String own = get().id();
        if (!own.equals(id)) {
            throw new SerializationException(
                    "",
                    "the object was written by the serializer '" + id + "', and this process uses '" + own
                            + "'; set -Dprocession.serializer=" + id
                            + " here, or the same serializer in both processes",
                    null);
        }
    }
}
