package io.procession.internal.codec;

import io.procession.codec.SerializationException;

/** An enum constant by its name, so that processes with different versions of the enum never mean different constants. */
final class EnumForm implements Form {
    private final Shape type;

    EnumForm(Class<?> constantsType) {
        this.type = ClassShape.of(enumOf(constantsType));
    }

    /** A constant with a body has a class of its own. */
    static Class<?> enumOf(Class<?> type) {
        return type.isEnum() ? type : type.getSuperclass();
    }

    @Override
    public void write(Encoder out, Object value) {
        out.sink().put(Tag.ENUM);
        out.writeShape(type);
        Text.write(out.sink(), ((Enum<?>) value).name());
    }

    static Enum<?> read(Decoder in) {
        Class<?> type = in.shape().asClass(in).type();
        return constant(in, type, Text.read(in));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Enum<?> constant(Decoder in, Class<?> type, String name) {
        try {
            return Enum.valueOf((Class) type, name);
        } catch (IllegalArgumentException | NullPointerException | ClassCastException unknown) {
            throw new SerializationException(
                    "", "the enum " + type.getName() + " of this process has no constant " + name, unknown);
        }
    }

    /** The enum named by a shape. */
    static Class<?> readType(Decoder in) {
        Class<?> type = in.shape().asClass(in).type();
        if (!type.isEnum()) {
            throw in.garbled(type.getName() + " where an enum is named");
        }
        return type;
    }
}
