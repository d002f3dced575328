package io.procession.internal.codec;

import java.util.EnumSet;

/** A set of constants: their enum, said even if there are none, and their names. */
final class EnumSetForm implements Form {
    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        EnumSet<?> set = (EnumSet<?>) value;
        out.sink().put(Tag.ENUM_SET);
        out.writeShape(ClassShape.of(enumOf(set)));
        out.sink().putVarint(set.size());
        for (Enum<?> constant : set) {
            Text.write(out.sink(), constant.name());
        }
    }

    /** An empty set does not tell its enum, but its complement does, unless the enum has no constants at all. */
    private static Class<?> enumOf(EnumSet<?> set) {
        EnumSet<?> some = set.isEmpty() ? EnumSet.complementOf(set) : set;
        if (some.isEmpty()) {
            throw new Refusal("an EnumSet of an enum without constants is not serialisable");
        }
        return some.iterator().next().getDeclaringClass();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object read(Decoder in) {
        Class<?> type = EnumForm.readType(in);
        EnumSet set = in.register(EnumSet.noneOf((Class) type));
        int count = in.length(1);
        for (int i = 0; i < count; i++) {
            set.add(EnumForm.constant(in, type, Text.read(in)));
        }
        return set;
    }
}
