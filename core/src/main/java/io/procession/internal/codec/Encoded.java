package io.procession.internal.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value as bytes, ready to be sent any number of times. Large {@code byte[]} and buffers of the caller are borrowed, not copied:
 * until they are sent or {@link #detached()} the caller must not change them.
 *
 * <p>Safe for use by any thread.
 */
public final class Encoded {
    private final List<ByteBuffer> parts;
    private final List<Shape> shapes;
    private final Map<String, Handle> handles;
    private final boolean borrows;
    private final long sizeBytes;

    Encoded(List<ByteBuffer> parts, List<Shape> shapes, Map<String, Handle> handles, boolean borrows) {
        this.parts = parts;
        this.shapes = shapes;
        this.handles = handles;
        this.borrows = borrows;
        long size = 0;
        for (int i = 0; i < parts.size(); i++) {
            size += parts.get(i).remaining();
        }
        this.sizeBytes = size;
    }

    /**
     * The bytes, in order.
     *
     * @return new views on heap memory, whose positions are the reader's own; not to be written to
     */
    public List<ByteBuffer> parts() {
        if (parts.size() == 1) {
            return List.of(parts.get(0).duplicate());
        }
        List<ByteBuffer> views = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            views.add(parts.get(i).duplicate());
        }
        return views;
    }

    /**
     * The sum of all parts.
     *
     * @return at most {@link Codec#MAX_SIZE_BYTES}
     */
    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * The shapes the bytes refer to, each to be made known on a link before them.
     *
     * @return the shapes, none twice; empty if the bytes contain their own
     */
    public List<Shape> shapes() {
        return shapes;
    }

    /**
     * Whether the value contains handles, so that it matters which transports its receiver has.
     *
     * @return true if there is one
     */
    public boolean hasHandles() {
        return !handles.isEmpty();
    }

    /** One handle for each transport by which objects in the value are reached. */
    Map<String, Handle> handles() {
        return handles;
    }

    /**
     * The same bytes, none of them borrowed: the caller may change his arrays afterwards.
     *
     * @return this, if nothing is borrowed
     */
    public Encoded detached() {
        if (!borrows) {
            return this;
        }
        List<ByteBuffer> copies = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            ByteBuffer part = parts.get(i);
            byte[] copy = new byte[part.remaining()];
            part.get(part.position(), copy);
            copies.add(ByteBuffer.wrap(copy));
        }
        return new Encoded(copies, shapes, handles, false);
    }

    /**
     * All bytes in one array, for what is written to a file or sent in a single small message.
     *
     * @return a buffer of its own
     */
    public ByteBuffer joined() {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(sizeBytes));
        for (int i = 0; i < parts.size(); i++) {
            all.put(parts.get(i).duplicate());
        }
        return all.flip();
    }
}
