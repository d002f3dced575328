package io.procession.internal.codec;

import java.lang.reflect.Array;

/** Arrays of primitives; a {@code byte[]} of some size is borrowed, not copied. */
final class PrimitiveArrayForm implements Form {
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
        byte[] bytes = new byte[length];
        System.arraycopy(in.array(), in.take(length), bytes, 0, length);
        return in.register(bytes);
    }

    static Object read(Decoder in) {
        PrimitiveType type = PrimitiveType.of(in, in.octet());
        return in.register(type.read(in, in.length(type.widthBytes())));
    }
}
