package io.procession.internal.codec;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The shapes this process has ever sent, by what they say. Safe for use by any thread. */
final class Shapes {
    private static final ConcurrentHashMap<ByteBuffer, Shape> BY_DEFINITION = new ConcurrentHashMap<>();
    private static int lastId;

    private Shapes() {}

    static Shape of(byte[] definition) {
        ByteBuffer key = ByteBuffer.wrap(definition);
        Shape known = BY_DEFINITION.get(key);
        return known != null ? known : add(key, definition);
    }

    private static synchronized Shape add(ByteBuffer key, byte[] definition) {
        @Nullable Shape known = BY_DEFINITION.get(key);
        if (known != null) {
            return known;
        }
        if (lastId == Shape.MAX_ID) {
            return new Shape(0, definition);
        }
        Shape shape = new Shape(++lastId, definition);
        BY_DEFINITION.put(key, shape);
        return shape;
    }
}
