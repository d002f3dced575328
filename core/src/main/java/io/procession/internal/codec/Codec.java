package io.procession.internal.codec;

import static java.util.Objects.requireNonNull;

import io.procession.codec.SerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back. Safe for use by any thread; keeps nothing of what it was given.
 *
 * <p>Encoding fails with a {@link SerializationException} that has the path of the part to blame; nothing was sent then.
 */
public final class Codec {
    /** The most bytes a value may take: 1 GiB of data and what describes it. */
    public static final long MAX_SIZE_BYTES = (1L << 30) + (1L << 20);

    private static final Codec STANDARD = new Codec(System.getProperty("procession.serializer"));

    private final SerializerChoice serializers;

    /**
     * Creates a codec with a serializer for objects of the user's classes.
     *
     * @param serializer the id of the serializer; null for the one that is found, or else {@code kryo}. Found and loaded when first needed
     */
    public Codec(@Nullable String serializer) {
        this.serializers = new SerializerChoice(serializer);
    }

    /**
     * The codec of this process, with the serializer of the system property {@code procession.serializer}.
     *
     * @return always the same
     */
    public static Codec standard() {
        return STANDARD;
    }

    /**
     * Encodes a value for one receiver over one link, which must know the {@linkplain Encoded#shapes() shapes} first.
     *
     * @param value the value
     * @return the bytes, which may borrow large arrays of the value
     * @throws SerializationException if a part of the value cannot be serialised
     */
    public Encoded encode(@Nullable Object value) {
        return encode(value, EncodeTarget.ANYONE);
    }

    /**
     * Encodes a value for a known receiver.
     *
     * @param value the value
     * @param target who will decode it
     * @return the bytes, which may borrow large arrays of the value
     * @throws SerializationException if a part of the value cannot be serialised, or its handle cannot be used by the receiver
     */
    public Encoded encode(@Nullable Object value, EncodeTarget target) {
        return encode(value, requireNonNull(target, "target"), false);
    }

    /**
     * Encodes a value so that its bytes can be decoded anywhere, at any time and more than once, with a new {@link ShapeTable}.
     *
     * @param value the value
     * @return the bytes, without shapes; they may borrow large arrays of the value
     * @throws SerializationException if a part of the value cannot be serialised
     */
    public Encoded encodeSelfContained(@Nullable Object value) {
        return encodeSelfContained(value, EncodeTarget.ANYONE);
    }

    /**
     * As {@link #encodeSelfContained(Object)}, for a known receiver.
     *
     * @param value the value
     * @param target who will decode it
     * @return the bytes, without shapes; they may borrow large arrays of the value
     * @throws SerializationException if a part of the value cannot be serialised, or its handle cannot be used by the receiver
     */
    public Encoded encodeSelfContained(@Nullable Object value, EncodeTarget target) {
        return encode(value, requireNonNull(target, "target"), true);
    }

    private Encoded encode(@Nullable Object value, EncodeTarget target, boolean selfContained) {
        try {
            return encodeHere(value, target, selfContained);
        } catch (StackOverflowError deep) {
            return DeepStack.call(() -> encodeHere(value, target, selfContained), Refusals.TOO_DEEP);
        }
    }

    private Encoded encodeHere(@Nullable Object value, EncodeTarget target, boolean selfContained) {
        Encoder encoder = new Encoder(serializers, target, selfContained);
        try {
            encoder.writeValue(value);
            return encoder.finish();
        } catch (Refusal refusal) {
            throw refusal.toException(value);
        } catch (SerializationException told) {
            throw told;
        } catch (RuntimeException | LinkageError failed) {
            throw new SerializationException("", Names.ofRoot(value) + " cannot be serialised: " + failed, failed);
        }
    }

    /**
     * Encodes a failure. Always succeeds: what cannot travel is told as text.
     *
     * @param failure the failure
     * @return the bytes, without shapes and borrowing nothing
     */
    public Encoded encodeFailure(Throwable failure) {
        return encodeFailure(failure, EncodeTarget.ANYONE);
    }

    /**
     * As {@link #encodeFailure(Throwable)}, for a known receiver. A failure that holds a handle which the receiver cannot use is told as text.
     *
     * @param failure the failure
     * @param target who will decode it
     * @return the bytes, without shapes and borrowing nothing
     */
    public Encoded encodeFailure(Throwable failure, EncodeTarget target) {
        String reason = "it has too many causes";
        try {
            if (!Failures.hasEndlessCauses(failure)) {
                return Failures.encode(new Encoder(serializers, target, true), failure);
            }
        } catch (RuntimeException | Error failedItself) {
            reason = "writing it failed: " + failedItself.getClass().getName();
        }
        return Failures.encodeAsText(new Encoder(serializers, EncodeTarget.ANYONE, true), failure, reason);
    }

    /**
     * Decodes one value and moves the position of the buffer behind it.
     *
     * @param bytes the bytes; the value shares no memory with them
     * @param shapes what the sender has made known on the link by which they came
     * @return the value, its classes found by the context class loader of the thread
     * @throws SerializationException if they are no value, or need a class that is not found here
     */
    public @Nullable Object decode(ByteBuffer bytes, ShapeTable shapes) {
        byte[] array = bytes.hasArray() ? null : PrimitiveArrayForm.readOutsideHeap(bytes);
        if (array != null) {
            return array;
        }
        int start = bytes.position();
        try {
            return decodeHere(bytes, shapes);
        } catch (StackOverflowError deep) {
            bytes.position(start);
            return DeepStack.call(() -> decodeHere(bytes, shapes), Refusals.TOO_DEEP_TO_READ);
        }
    }

    private @Nullable Object decodeHere(ByteBuffer bytes, ShapeTable shapes) {
        Decoder decoder = decoder(bytes, shapes);
        int start = decoder.position();
        try {
            Object value = decoder.readValue();
            bytes.position(bytes.position() + (decoder.position() - start));
            return value;
        } catch (SerializationException told) {
            throw told;
        } catch (RuntimeException | LinkageError failed) {
            throw new SerializationException("", "the value cannot be made from what arrived: " + failed, failed);
        }
    }

    /**
     * Decodes what {@link #encodeFailure} encoded.
     *
     * @param bytes the bytes
     * @param shapes what the sender has made known on the link by which they came
     * @return the failure with the type it had, or a {@link io.procession.codec.RemoteFailure}; in its chain of causes, or suppressed,
     *     a {@link io.procession.codec.RemoteTrace}
     */
    public Throwable decodeFailure(ByteBuffer bytes, ShapeTable shapes) {
        return Failures.decode(decoder(bytes, shapes));
    }

    private Decoder decoder(ByteBuffer bytes, ShapeTable shapes) {
        requireNonNull(shapes, "shapes");
        ClassLoader loader = Classes.currentLoader();
        if (bytes.hasArray()) {
            int from = bytes.arrayOffset() + bytes.position();
            return new Decoder(bytes.array(), from, from + bytes.remaining(), serializers, shapes, loader);
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return new Decoder(copy, 0, copy.length, serializers, shapes, loader);
    }
}
