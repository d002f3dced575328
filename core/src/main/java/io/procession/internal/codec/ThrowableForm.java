package io.procession.internal.codec;

/** A failure as a value. {@link Failures} says how. */
final class ThrowableForm implements Form {
    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        out.sink().put(Tag.THROWABLE);
        Failures.write(out, (Throwable) value, Traces.ownText((Throwable) value));
    }

    static Throwable read(Decoder in) {
        int number = in.reserve();
        return in.completed(number, Failures.read(in).failure());
    }
}
