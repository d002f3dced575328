package io.procession.internal.codec;

/** A {@code Class} as its name. */
final class ClassForm implements Form {
    @Override
    public void write(Encoder out, Object value) {
        Class<?> type = (Class<?>) value;
        if (type.isHidden()) {
            throw Refusals.ofHidden(type);
        }
        out.sink().put(Tag.CLASS);
        out.writeShape(ClassShape.of(type));
    }

    static Class<?> read(Decoder in) {
        return in.shape().asClass(in).type();
    }
}
