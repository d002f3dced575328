package io.procession.internal.codec;

import org.jspecify.annotations.Nullable;

/** Constants of one enum: the names of those that occur, then a varint for each element that says which. */
final class PackedEnums {
    private PackedEnums() {}

    static void write(Encoder out, Class<?> type, @Nullable Object[] constants) {
        int[] places = new int[type.getEnumConstants().length];
        Enum<?>[] occurring = new Enum<?>[places.length];
        int count = 0;
        for (Object element : constants) {
            if (element instanceof Enum<?> constant && places[constant.ordinal()] == 0) {
                occurring[count++] = constant;
                places[constant.ordinal()] = count;
            }
        }
        out.writeShape(ClassShape.of(type));
        out.sink().putVarint(count);
        for (int i = 0; i < count; i++) {
            Text.write(out.sink(), occurring[i].name());
        }
        for (Object element : constants) {
            if (element instanceof Enum<?> constant) {
                out.sink().putVarint(places[constant.ordinal()] - 1);
            }
        }
    }

    static void read(Decoder in, @Nullable Object[] constants) {
        Class<?> type = EnumForm.readType(in);
        Enum<?>[] occurring = new Enum<?>[in.length(1)];
        for (int i = 0; i < occurring.length; i++) {
            occurring[i] = EnumForm.constant(in, type, Text.read(in));
        }
        for (int i = 0; i < constants.length; i++) {
            int place = in.varint();
            if (place < 0 || place >= occurring.length) {
                throw in.garbled("a constant that is not named");
            }
            constants[i] = occurring[place];
        }
    }
}
