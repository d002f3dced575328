package io.procession.internal.codec;

import java.util.EnumMap;
import java.util.Map;

/** A map from constants. An empty one does not tell its enum: it goes through Java serialisation. */
final class EnumMapForm implements Form {
    private static final JavaForm EMPTY = new JavaForm();

    @Override
    public void write(Encoder out, Object value) {
        EnumMap<?, ?> map = (EnumMap<?, ?>) value;
        if (map.isEmpty()) {
            EMPTY.write(out, value);
            return;
        }
        if (out.wroteReference(value)) {
            return;
        }
        out.sink().put(Tag.ENUM_MAP);
        out.writeShape(ClassShape.of(map.keySet().iterator().next().getDeclaringClass()));
        out.sink().putVarint(map.size());
        for (Map.Entry<? extends Enum<?>, ?> entry : map.entrySet()) {
            Text.write(out.sink(), entry.getKey().name());
            out.writePart("get(" + entry.getKey().name() + ")", entry.getValue());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object read(Decoder in) {
        Class<?> type = EnumForm.readType(in);
        EnumMap map = in.register(new EnumMap((Class) type));
        int count = in.length(2);
        for (int i = 0; i < count; i++) {
            Enum<?> constant = EnumForm.constant(in, type, Text.read(in));
            map.put(constant, in.readValue());
        }
        return map;
    }
}
