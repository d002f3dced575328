package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a sender has made known on one link, at the receiver. Defined by the thread of the link before the messages that
 * name them arrive, looked up by the threads that decode: safe for use by any thread.
 */
public final class ShapeTable {
    /** Definitions that come inside messages are remembered up to this number; the others are read each time. */
    private static final int MOST_REMEMBERED = 4_096;

    private final ConcurrentHashMap<ByteBuffer, KnownShape> inline = new ConcurrentHashMap<>();
    /** By id; written under the lock, read without. */
    private volatile @Nullable KnownShape[] defined = new @Nullable KnownShape[16];

    /** Creates an empty table, for a new link or for bytes that contain their shapes. */
    public ShapeTable() {}

    /**
     * Makes a shape known. Looks at the bytes only when it is first used.
     *
     * @param id the id at the sender
     * @param definition {@link Shape#bytes()}; copied
     * @throws SerializationException if the id is out of range
     */
    public synchronized void define(int id, ByteBuffer definition) {
        if (id < 1 || id > Shape.MAX_ID) {
            throw new SerializationException("", "the bytes are not a shape: its id is " + id, null);
        }
        byte[] copy = new byte[definition.remaining()];
        definition.get(copy);
        @Nullable KnownShape[] shapes = defined;
        if (id >= shapes.length) {
            shapes = Arrays.copyOf(shapes, Math.max(id + 1, 2 * shapes.length));
        }
        shapes[id] = new KnownShape(copy);
        // SYNC: the volatile write makes the element visible to get(), which reads the field first.
        defined = shapes;
    }

    /**
     * A shape by its id.
     *
     * @param id the id at the sender
     * @return the shape
     * @throws SerializationException if it was not defined
     */
    KnownShape get(int id) {
        @Nullable KnownShape[] shapes = defined;
        KnownShape shape = id > 0 && id < shapes.length ? shapes[id] : null;
        if (shape == null) {
            throw new SerializationException(
                    "", "the bytes are not a value: they name the shape " + id + ", which was not made known", null);
        }
        return shape;
    }

    KnownShape inline(byte[] array, int offset, int length) {
        KnownShape known = inline.get(ByteBuffer.wrap(array, offset, length));
        if (known != null) {
            return known;
        }
        byte[] copy = Arrays.copyOfRange(array, offset, offset + length);
        KnownShape shape = new KnownShape(copy);
        if (inline.size() >= MOST_REMEMBERED) {
            return shape;
        }
        KnownShape earlier = inline.putIfAbsent(ByteBuffer.wrap(copy), shape);
        return earlier != null ? earlier : shape;
    }
}
