package io.procession.internal.codec;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The four optionals: which one, then the value or null. */
final class OptionalForm implements Form {
    private static final int OBJECT = 0;
    private static final int INT = 1;
    private static final int LONG = 2;
    private static final int DOUBLE = 3;

    private final int kind;

    OptionalForm(Class<?> type) {
        kind = type == Optional.class
                ? OBJECT
                : type == OptionalInt.class ? INT : type == OptionalLong.class ? LONG : DOUBLE;
    }

    @Override
    public void write(Encoder out, Object value) {
        out.sink().put(Tag.OPTIONAL);
        out.sink().put(kind);
        out.writeValue(content(value));
    }

    private @Nullable Object content(Object value) {
        return switch (kind) {
            case OBJECT -> ((Optional<?>) value).orElse(null);
            case INT -> ((OptionalInt) value).isPresent() ? ((OptionalInt) value).getAsInt() : null;
            case LONG -> ((OptionalLong) value).isPresent() ? ((OptionalLong) value).getAsLong() : null;
            default -> ((OptionalDouble) value).isPresent() ? ((OptionalDouble) value).getAsDouble() : null;
        };
    }

    static Object read(Decoder in) {
        int kind = in.octet();
        Object content = in.readValue();
        if (kind == OBJECT) {
            return Optional.ofNullable(content);
        } else if (kind == INT && content == null) {
            return OptionalInt.empty();
        } else if (kind == INT && content instanceof Integer value) {
            return OptionalInt.of(value);
        } else if (kind == LONG && content == null) {
            return OptionalLong.empty();
        } else if (kind == LONG && content instanceof Long value) {
            return OptionalLong.of(value);
        } else if (kind == DOUBLE && content == null) {
            return OptionalDouble.empty();
        } else if (kind == DOUBLE && content instanceof Double value) {
            return OptionalDouble.of(value);
        }
        throw in.garbled("an optional of the unknown kind " + kind);
    }
}
