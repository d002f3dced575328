package io.procession.codec;

import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where a {@link Serializer} reads the bytes of one message. Used by one thread; closing it does nothing. */
public abstract class ValueInput extends InputStream {
    /** For the codec. */
    protected ValueInput() {}

    /**
     * Tells that the object now being read exists, before its parts are read: they may refer back to it.
     *
     * @param object the object that {@link Serializer.Reader#read} is about to return
     */
    public abstract void created(Object object);

    /**
     * Reads what {@link ValueOutput#writePart} wrote.
     *
     * @return the part
     * @throws SerializationException if it cannot be read; to be passed on untouched
     */
    public abstract @Nullable Object readPart();

    /**
     * The bytes of the message that are still to be read, on the heap, for readers that want an array. Reading from the stream and
     * from parts goes on behind {@link #skipTo}.
     *
     * @return a view with a backing array from offset 0, not to be written to, nor to be used when the object has been read; its position is that of the stream now
     */
    public abstract ByteBuffer remaining();

    /**
     * Moves the stream to a position of the buffer that {@link #remaining} gave.
     *
     * @param position the position of the next byte to read
     */
    public abstract void skipTo(int position);

    /**
     * The loader by which classes of this message are found.
     *
     * @return the loader
     */
    public abstract ClassLoader classLoader();

    @Override
    public abstract int read();

    @Override
    public abstract int read(byte[] bytes, int offset, int length);
}
