package io.procession.internal.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Sends values as a connection does: the shapes first, then all parts in one piece. */
final class RoundTrip {
    static final Codec CODEC = new Codec(null);

    private RoundTrip() {}

    @SuppressWarnings("unchecked")
    static <T> T of(T value) {
        Object linked = decode(CODEC.encode(value));
        Object selfContained = CODEC.decode(CODEC.encodeSelfContained(value).joined(), new ShapeTable());
        if (linked != null && selfContained != null && linked.getClass() != selfContained.getClass()) {
            throw new AssertionError("by link " + linked.getClass() + ", self-contained " + selfContained.getClass());
        }
        return (T) linked;
    }

    static Object decode(Encoded encoded) {
        ShapeTable table = new ShapeTable();
        for (Shape shape : encoded.shapes()) {
            table.define(shape.id(), shape.bytes());
        }
        ByteBuffer joined = encoded.joined();
        Object value = CODEC.decode(joined, table);
        if (joined.hasRemaining()) {
            throw new AssertionError(joined.remaining() + " bytes were not read");
        }
        return value;
    }

    static byte[] bytes(Object value) {
        return CODEC.encodeSelfContained(value).joined().array();
    }

    static List<Object> listOf(Object... values) {
        return new ArrayList<>(List.of(values));
    }
}
