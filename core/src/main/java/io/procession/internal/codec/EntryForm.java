package io.procession.internal.codec;

import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Map;

/** An entry by itself, also one that belongs to a map: its key and its value. */
final class EntryForm implements Form {
    private static final int OF = 0;
    private static final int MUTABLE = 1;
    private static final int IMMUTABLE = 2;

    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
        out.sink().put(Tag.ENTRY);
        out.sink()
                .put(
                        entry.getClass().getName().equals("java.util.KeyValueHolder")
                                ? OF
                                : entry instanceof SimpleImmutableEntry ? IMMUTABLE : MUTABLE);
        out.madeFromParts();
        out.writePart("getKey()", entry.getKey());
        out.writePart("getValue()", entry.getValue());
        out.completed();
    }

    static Object read(Decoder in) {
        int kind = in.octet();
        int number = in.reserve();
        Object key = in.readValue();
        Object value = in.readValue();
        if (kind == OF && key != null && value != null) {
            return in.completed(number, Map.entry(key, value));
        }
        return switch (kind) {
            case MUTABLE -> in.completed(number, new SimpleEntry<>(key, value));
            case IMMUTABLE -> in.completed(number, new SimpleImmutableEntry<>(key, value));
            default -> throw in.garbled("an entry of the unknown kind " + kind);
        };
    }
}
