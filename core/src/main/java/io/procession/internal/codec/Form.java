package io.procession.internal.codec;

/**
 * How the objects of one class look as bytes. One instance serves one class, for all threads. Its reader is a static method
 * {@code read(Decoder)} beside it, called by the {@link Decoder} when it meets the tag.
 */
abstract class Form {
    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return Forms.choose(type);
        }
    };

    static Form of(Class<?> type) {
        return FORMS.get(type);
    }

    /** Writes the tag and what follows. */
    abstract void write(Encoder out, Object value);
}
