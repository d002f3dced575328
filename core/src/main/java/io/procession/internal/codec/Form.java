package io.procession.internal.codec;

/**
 * How the objects of one class look as bytes. One instance serves one class, for all threads. Its reader is a static method
 * {@code read(Decoder)} beside it, called by the {@link Decoder} when it meets the tag.
 *
 * <p>An interface, because the JVM's verifier then believes without loading them that the two dozen forms are forms: 10 ms of each cold start.
 */
interface Form {
    /** Writes the tag and what follows. */
    void write(Encoder out, Object value);
}
