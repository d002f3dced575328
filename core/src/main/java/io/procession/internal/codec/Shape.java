package io.procession.internal.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The unchanging part of what is sent often: a lambda without its captured values, or a class. Made known to a receiver once, then
 * named by its id, so that a task costs its arguments.
 *
 * <p>Safe for use by any thread. Ids are of this process, from 1, and never given twice. As shapes come from code and not from
 * data, their number is bounded by the program.
 */
public final class Shape {
    /** Beyond this number shapes have id 0 and travel inside each message. */
    static final int MAX_ID = 1 << 20;

    private final int id;
    private final byte[] definition;

    Shape(int id, byte[] definition) {
        this.id = id;
        this.definition = definition;
    }

    /**
     * The number by which messages name it.
     *
     * @return 1 or more; shapes that {@link Encoded#shapes()} gives always have one
     */
    public int id() {
        return id;
    }

    /**
     * What {@link ShapeTable#define} takes at the receiver.
     *
     * @return a new view of the definition, on the heap; not to be written to
     */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(definition);
    }

    byte[] definition() {
        return definition;
    }

    @Override
    public String toString() {
        return "Shape " + id + " (" + definition.length + " bytes, " + Integer.toHexString(Arrays.hashCode(definition))
                + ")";
    }
}
