package io.procession.internal.codec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Classes whose objects stay in the process that made them, by decision of the rooms above: each says why, and what to do instead. */
public final class Immobile {
    private static final Map<Class<?>, String> REASONS = new ConcurrentHashMap<>();

    private Immobile() {}

    /**
     * Declares a class, before the first of its objects exists.
     *
     * @param type the class itself; others that extend it are not meant
     * @param reason why, and what to do instead, such as "a pool stays ...; make one there"
     */
    public static void declare(Class<?> type, String reason) {
        REASONS.put(type, reason);
    }

    static @Nullable String reason(Class<?> type) {
        return REASONS.get(type);
    }
}
