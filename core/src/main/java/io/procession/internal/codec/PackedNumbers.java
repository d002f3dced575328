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

    /** The numbers of a row of {@code Integer} or a row of {@code Long}, or null if there is anything else among them. */
    static long @Nullable [] unboxed(@Nullable Object[] numbers) {
        long[] values = new long[numbers.length];
        if (numbers[0] instanceof Integer) {
            for (int i = 0; i < values.length; i++) {
                if (!(numbers[i] instanceof Integer number)) {
                    return null;
                }
                values[i] = number;
            }
        } else {
            for (int i = 0; i < values.length; i++) {
                if (!(numbers[i] instanceof Long number)) {
                    return null;
                }
                values[i] = number;
            }
        }
        return values;
    }

    static void write(ByteSink out, long[] numbers) {
        long smallest = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        for (long value : numbers) {
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

    /** The range is unsigned: that of longs may take all 64 bits. */
    private static int widthOf(long range) {
        if ((range & ~0xFFL) == 0) {
            return 1;
        } else if ((range & ~0xFFFFL) == 0) {
            return 2;
        }
        return (range & ~0xFFFF_FFFFL) == 0 ? 4 : 8;
    }

    private static void write(byte[] bytes, int start, int width, long smallest, long[] numbers, int from, int to) {
        int at = start;
        switch (width) {
            case 1 -> {
                for (int i = from; i < to; i++) {
                    bytes[at++] = (byte) (numbers[i] - smallest);
                }
            }
            case 2 -> {
                for (int i = from; i < to; i++, at += 2) {
                    SHORTS.set(bytes, at, (short) (numbers[i] - smallest));
                }
            }
            case 4 -> {
                for (int i = from; i < to; i++, at += 4) {
                    INTS.set(bytes, at, (int) (numbers[i] - smallest));
                }
            }
            default -> {
                for (int i = from; i < to; i++, at += 8) {
                    LONGS.set(bytes, at, numbers[i] - smallest);
                }
            }
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
