package io.procession.codec;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Where a {@link Serializer} writes the bytes of one message. Used by one thread; closing it does nothing. */
public abstract class ValueOutput extends OutputStream {
    /** For the codec. */
    protected ValueOutput() {}

    /**
     * Writes a part of an object in the codec's own encoding: any value, shared and cyclic references included.
     *
     * @param name what to call the part in an error, usually the name of the field
     * @param part the part
     * @throws SerializationException if it cannot be written; to be passed on untouched
     */
    public abstract void writePart(String name, @Nullable Object part);

    @Override
    public abstract void write(int oneByte);

    @Override
    public abstract void write(byte[] bytes, int offset, int length);
}
