package io.procession.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Numbers as their distance from the smallest, in 1, 2, 4 or 8 bytes each, little-endian: as quick to read as to write. */
final class PackedNumbers {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Elements are written in runs of this many, so that memory grows with what is written. */
    private static final int RUN = 1 << 14;

    private PackedNumbers() {}

    static void write(ByteSink out, @Nullable Object[] numbers) {
        long smallest = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        for (Object number : numbers) {
            long value = longOf(number);
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        int width = widthOf(largest - smallest);
        out.checkRoom((long) numbers.length * width);
        out.putZigzag(smallest);
        out.put(width);
        for (int from = 0; from < numbers.length; from += RUN) {
            int run = Math.min(RUN, numbers.length - from);
            int at = out.reserve(run * width);
            write(out.array(), at, width, smallest, numbers, from, from + run);
        }
    }

    private static long longOf(@Nullable Object number) {
        if (number instanceof Integer value) {
            return value;
        } else if (number instanceof Long value) {
            return value;
        }
        throw new AssertionError("numbers of two types");
    }

    /** The range is unsigned: that of longs may take all 64 bits. */
    private static int widthOf(long range) {
        if ((range & ~0xFFL) == 0) {
            return 1;
        } else if ((range & ~0xFFFFL) == 0) {
            return 2;
        }
        return (range & ~0xFFFF_FFFFL) == 0 ? 4 : 8;
    }

    private static void write(
            byte[] bytes, int start, int width, long smallest, @Nullable Object[] numbers, int from, int to) {
        int at = start;
        for (int i = from; i < to; i++) {
            long distance = longOf(numbers[i]) - smallest;
            switch (width) {
                case 1 -> bytes[at] = (byte) distance;
                case 2 -> SHORTS.set(bytes, at, (short) distance);
                case 4 -> INTS.set(bytes, at, (int) distance);
                default -> LONGS.set(bytes, at, distance);
            }
            at += width;
        }
    }

    static void writeDoubles(ByteSink out, @Nullable Object[] numbers) {
        out.checkRoom(8L * numbers.length);
        for (Object number : numbers) {
            if (number instanceof Double value) {
                int at = out.reserve(8);
                LONGS.set(out.array(), at, Double.doubleToRawLongBits(value));
            }
        }
    }

    static void readIntegers(Decoder in, @Nullable Object[] numbers) {
        long smallest = in.zigzagLong();
        int width = width(in);
        int at = take(in, numbers.length, width);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) (smallest + distance(in.array(), at, width));
            at += width;
        }
    }

    static void readLongs(Decoder in, @Nullable Object[] numbers) {
        long smallest = in.zigzagLong();
        int width = width(in);
        int at = take(in, numbers.length, width);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = smallest + distance(in.array(), at, width);
            at += width;
        }
    }

    static void readDoubles(Decoder in, @Nullable Object[] numbers) {
        int at = take(in, numbers.length, 8);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.longBitsToDouble((long) LONGS.get(in.array(), at));
            at += 8;
        }
    }

    private static long distance(byte[] bytes, int at, int width) {
        return switch (width) {
            case 1 -> bytes[at] & 0xFF;
            case 2 -> (short) SHORTS.get(bytes, at) & 0xFFFF;
            case 4 -> (int) INTS.get(bytes, at) & 0xFFFF_FFFFL;
            default -> (long) LONGS.get(bytes, at);
        };
    }

    private static int width(Decoder in) {
        int width = in.octet();
        if (width != 1 && width != 2 && width != 4 && width != 8) {
            throw in.garbled("numbers of " + width + " bytes");
        }
        return width;
    }

    private static int take(Decoder in, int count, int width) {
        return in.take(in.lengthOf(count, width) * width);
    }
}
