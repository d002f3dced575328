package io.procession.internal.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Boxed primitives, apart from {@code Integer}, and big numbers. */
final class Scalars implements Form {
    private final int tag;

    Scalars(int tag) {
        this.tag = tag;
    }

    @Override
    public void write(Encoder out, Object value) {
        ByteSink sink = out.sink();
        if (tag == Tag.TRUE) {
            sink.put((Boolean) value ? Tag.TRUE : Tag.FALSE);
            return;
        }
        sink.put(tag);
        switch (tag) {
            case Tag.BYTE -> sink.put((Byte) value);
            case Tag.SHORT -> sink.putFixed((Short) value, 2);
            case Tag.CHARACTER -> sink.putFixed((Character) value, 2);
            case Tag.LONG -> sink.putZigzag((long) (Long) value);
            case Tag.FLOAT -> sink.putFixed(Float.floatToRawIntBits((Float) value), 4);
            case Tag.DOUBLE -> sink.putFixed(Double.doubleToRawLongBits((Double) value), 8);
            case Tag.BIG_INTEGER -> writeBig(sink, (BigInteger) value);
            case Tag.BIG_DECIMAL -> {
                sink.putZigzag(((BigDecimal) value).scale());
                writeBig(sink, ((BigDecimal) value).unscaledValue());
            }
            default -> throw new AssertionError(tag);
        }
    }

    private static void writeBig(ByteSink sink, BigInteger value) {
        byte[] bytes = value.toByteArray();
        sink.putVarint(bytes.length);
        sink.borrow(bytes, 0, bytes.length);
    }

    static BigInteger readBigInteger(Decoder in) {
        int length = in.length(1);
        if (length == 0) {
            throw in.garbled("a number without digits");
        }
        return new BigInteger(in.array(), in.take(length), length);
    }

    static BigDecimal readBigDecimal(Decoder in) {
        int scale = in.zigzag();
        return new BigDecimal(readBigInteger(in), scale);
    }
}
