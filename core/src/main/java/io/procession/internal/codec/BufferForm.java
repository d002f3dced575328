package io.procession.internal.codec;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * What remains in a buffer. Arrives on the heap, from position 0 to its limit; a {@code ByteBuffer} keeps its byte order, and all keep
 * whether they are read-only. The bytes of a {@code ByteBuffer} on the heap are borrowed, not copied.
 */
final class BufferForm implements Form {
    private static final int READ_ONLY = 0x10;
    private static final int LITTLE_ENDIAN = 0x20;
    private static final int TYPE = 0x0F;
    private static final int RUN = 1 << 16;

    @Override
    public void write(Encoder out, Object value) {
        Buffer buffer = (Buffer) value;
        PrimitiveType type = typeOf(buffer);
        ByteSink sink = out.sink();
        int count = buffer.remaining();
        sink.checkRoom((long) count * type.widthBytes());
        boolean little = buffer instanceof ByteBuffer bytes && bytes.order() == ByteOrder.LITTLE_ENDIAN;
        sink.put(Tag.BUFFER);
        sink.put(type.ordinal() | (buffer.isReadOnly() ? READ_ONLY : 0) | (little ? LITTLE_ENDIAN : 0));
        sink.putVarint(count);
        if (buffer instanceof ByteBuffer bytes) {
            writeBytes(sink, bytes);
        } else {
            type.write(sink, copyOf(buffer), count);
        }
    }

    private static void writeBytes(ByteSink sink, ByteBuffer bytes) {
        if (bytes.hasArray()) {
            sink.borrow(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            return;
        }
        ByteBuffer from = bytes.duplicate();
        while (from.hasRemaining()) {
            int run = Math.min(RUN, from.remaining());
            int at = sink.reserve(run);
            from.get(sink.array(), at, run);
        }
    }

    private static PrimitiveType typeOf(Buffer buffer) {
        if (buffer instanceof ByteBuffer) {
            return PrimitiveType.BYTE;
        } else if (buffer instanceof CharBuffer) {
            return PrimitiveType.CHAR;
        } else if (buffer instanceof ShortBuffer) {
            return PrimitiveType.SHORT;
        } else if (buffer instanceof IntBuffer) {
            return PrimitiveType.INT;
        } else if (buffer instanceof LongBuffer) {
            return PrimitiveType.LONG;
        }
        return buffer instanceof FloatBuffer ? PrimitiveType.FLOAT : PrimitiveType.DOUBLE;
    }

    /** Buffers of other types may lie anywhere and in any byte order. */
    private static Object copyOf(Buffer buffer) {
        if (buffer instanceof CharBuffer chars) {
            char[] copy = new char[chars.remaining()];
            chars.duplicate().get(copy);
            return copy;
        } else if (buffer instanceof ShortBuffer shorts) {
            short[] copy = new short[shorts.remaining()];
            shorts.duplicate().get(copy);
            return copy;
        } else if (buffer instanceof IntBuffer ints) {
            int[] copy = new int[ints.remaining()];
            ints.duplicate().get(copy);
            return copy;
        } else if (buffer instanceof LongBuffer longs) {
            long[] copy = new long[longs.remaining()];
            longs.duplicate().get(copy);
            return copy;
        } else if (buffer instanceof FloatBuffer floats) {
            float[] copy = new float[floats.remaining()];
            floats.duplicate().get(copy);
            return copy;
        }
        double[] copy = new double[buffer.remaining()];
        ((DoubleBuffer) buffer).duplicate().get(copy);
        return copy;
    }

    static Buffer read(Decoder in) {
        int flags = in.octet();
        PrimitiveType type = PrimitiveType.of(in, flags & TYPE);
        Object array = type.read(in, in.length(type.widthBytes()));
        boolean readOnly = (flags & READ_ONLY) != 0;
        return switch (type) {
            case BYTE -> {
                ByteBuffer bytes = ByteBuffer.wrap((byte[]) array);
                bytes = readOnly ? bytes.asReadOnlyBuffer() : bytes;
                yield bytes.order((flags & LITTLE_ENDIAN) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            }
            case CHAR -> {
                CharBuffer chars = CharBuffer.wrap((char[]) array);
                yield readOnly ? chars.asReadOnlyBuffer() : chars;
            }
            case SHORT -> {
                ShortBuffer shorts = ShortBuffer.wrap((short[]) array);
                yield readOnly ? shorts.asReadOnlyBuffer() : shorts;
            }
            case INT -> {
                IntBuffer ints = IntBuffer.wrap((int[]) array);
                yield readOnly ? ints.asReadOnlyBuffer() : ints;
            }
            case LONG -> {
                LongBuffer longs = LongBuffer.wrap((long[]) array);
                yield readOnly ? longs.asReadOnlyBuffer() : longs;
            }
            case FLOAT -> {
                FloatBuffer floats = FloatBuffer.wrap((float[]) array);
                yield readOnly ? floats.asReadOnlyBuffer() : floats;
            }
            case DOUBLE -> {
                DoubleBuffer doubles = DoubleBuffer.wrap((double[]) array);
                yield readOnly ? doubles.asReadOnlyBuffer() : doubles;
            }
            case BOOLEAN -> throw in.garbled("a buffer of the unknown kind " + type.ordinal());
        };
    }
}
