package io.procession.internal.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;

/**
 * What Kryo knows of classes, learnt once a class. Kryo itself is for one thread at a time, and is asked only to learn; what it has
 * learnt is used by all.
 */
final class KryoTypes {
    private static final String UNSAFE_PROPERTY = "kryo.unsafe";

    private final Kryo kryo = quietKryo();
    private final ClassValue<KryoType> types = new ClassValue<>() {
        @Override
        protected KryoType computeValue(Class<?> type) {
            synchronized (kryo) {
                return new KryoType(kryo, type);
            }
        }
    };

    KryoType of(Class<?> type) {
        return types.get(type);
    }

    /**
     * Kryo looks once, when it is first used, whether it may use {@code Unsafe}, of which newer JDKs warn on stderr. The answer is
     * fixed without leaving a property behind for others.
     */
    private static synchronized Kryo quietKryo() {
        String before = System.setProperty(UNSAFE_PROPERTY, "false");
        try {
            Kryo kryo = new Kryo();
            kryo.setRegistrationRequired(false);
            kryo.setReferences(false);
            kryo.setOptimizedGenerics(false);
            return kryo;
        } finally {
            if (before == null) {
                System.clearProperty(UNSAFE_PROPERTY);
            } else {
                System.setProperty(UNSAFE_PROPERTY, before);
            }
        }
    }
}
