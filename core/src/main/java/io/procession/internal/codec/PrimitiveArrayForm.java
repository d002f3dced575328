package io.procession.internal.codec;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arrays of primitives; a {@code byte[]} of some size is borrowed, not copied. */
final class PrimitiveArrayForm implements Form {
    private static final int VARINT_BITS = 35;

    private final PrimitiveType type;

    PrimitiveArrayForm(Class<?> component) {
        type = PrimitiveType.of(component);
    }

    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        ByteSink sink = out.sink();
        int count = Array.getLength(value);
        sink.checkRoom((long) count * type.widthBytes());
        if (type == PrimitiveType.BYTE) {
            sink.put(Tag.BYTE_ARRAY);
            sink.putVarint(count);
            sink.borrow((byte[]) value, 0, count);
        } else {
            sink.put(Tag.PRIMITIVE_ARRAY);
            sink.put(type.ordinal());
            sink.putVarint(count);
            type.write(sink, value, count);
        }
    }

    static byte[] readBytes(Decoder in) {
        int length = in.length(1);
        int at = in.take(length);
        return in.register(Arrays.copyOfRange(in.array(), at, at + length)); // which fills nothing with zeros before
    }

    /**
     * Reads a value outside the heap that is nothing but a {@code byte[]}, with one copy instead of two.
     *
     * @return null if it is anything else, or garbled; nothing is read then
     */
    static byte @Nullable [] readOutsideHeap(ByteBuffer from) {
        int at = from.position();
        if (!from.hasRemaining() || from.get(at++) != Tag.BYTE_ARRAY) {
            return null;
        }
        int length = 0;
        for (int shift = 0; shift < VARINT_BITS && at < from.limit(); shift += 7) {
            int next = from.get(at++);
            length |= (next & 0x7F) << shift;
            if (next >= 0) {
                return length < 0 || length > from.limit() - at ? null : readOutsideHeap(from, at, length);
            }
        }
        return null;
    }

    private static byte[] readOutsideHeap(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        from.position(at + length);
        return bytes;
    }

    static Object read(Decoder in) {
        PrimitiveType type = PrimitiveType.of(in, in.octet());
        return in.register(type.read(in, in.length(type.widthBytes())));
    }
}
