package io.procession.internal.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of primitives as little-endian bytes, moved in bulk. */
enum PrimitiveType {
    BOOLEAN(boolean.class, 1),
    BYTE(byte.class, 1),
    SHORT(short.class, 2),
    CHAR(char.class, 2),
    INT(int.class, 4),
    LONG(long.class, 8),
    FLOAT(float.class, 4),
    DOUBLE(double.class, 8);

    private static final PrimitiveType[] ALL = values();
    /** Elements are moved in runs of this many, so that memory grows with what is written. */
    private static final int RUN = 1 << 16;

    private final Class<?> type;
    private final int widthBytes;

    PrimitiveType(Class<?> type, int widthBytes) {
        this.type = type;
        this.widthBytes = widthBytes;
    }

    static PrimitiveType of(Class<?> type) {
        for (PrimitiveType primitive : ALL) {
            if (primitive.type == type) {
                return primitive;
            }
        }
        throw new IllegalArgumentException(type.getName());
    }

    static PrimitiveType of(Decoder in, int ordinal) {
        if (ordinal >= ALL.length) {
            throw in.garbled("an array of the unknown kind " + ordinal);
        }
        return ALL[ordinal];
    }

    int widthBytes() {
        return widthBytes;
    }

    void write(ByteSink out, Object array, int count) {
        out.checkRoom((long) count * widthBytes);
        for (int from = 0; from < count; from += RUN) {
            int run = Math.min(RUN, count - from);
            int at = out.reserve(run * widthBytes);
            put(view(out.array(), at, run), array, from, run);
        }
    }

    private void put(ByteBuffer to, Object array, int from, int count) {
        switch (this) {
            case BOOLEAN -> {
                for (int i = 0; i < count; i++) {
                    to.put((byte) (((boolean[]) array)[from + i] ? 1 : 0));
                }
            }
            case BYTE -> to.put((byte[]) array, from, count);
            case SHORT -> to.asShortBuffer().put((short[]) array, from, count);
            case CHAR -> to.asCharBuffer().put((char[]) array, from, count);
            case INT -> to.asIntBuffer().put((int[]) array, from, count);
            case LONG -> to.asLongBuffer().put((long[]) array, from, count);
            case FLOAT -> to.asFloatBuffer().put((float[]) array, from, count);
            case DOUBLE -> to.asDoubleBuffer().put((double[]) array, from, count);
        }
    }

    Object read(Decoder in, int count) {
        ByteBuffer from = view(in.array(), in.take(count * widthBytes), count);
        switch (this) {
            case BOOLEAN -> {
                boolean[] array = new boolean[count];
                for (int i = 0; i < count; i++) {
                    array[i] = from.get() != 0;
                }
                return array;
            }
            case BYTE -> {
                byte[] array = new byte[count];
                from.get(array);
                return array;
            }
            case SHORT -> {
                short[] array = new short[count];
                from.asShortBuffer().get(array);
                return array;
            }
            case CHAR -> {
                char[] array = new char[count];
                from.asCharBuffer().get(array);
                return array;
            }
            case INT -> {
                int[] array = new int[count];
                from.asIntBuffer().get(array);
                return array;
            }
            case LONG -> {
                long[] array = new long[count];
                from.asLongBuffer().get(array);
                return array;
            }
            case FLOAT -> {
                float[] array = new float[count];
                from.asFloatBuffer().get(array);
                return array;
            }
            case DOUBLE -> {
                double[] array = new double[count];
                from.asDoubleBuffer().get(array);
                return array;
            }
        }
        throw new AssertionError(this);
    }

    private ByteBuffer view(byte[] bytes, int at, int count) {
        return ByteBuffer.wrap(bytes, at, count * widthBytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
