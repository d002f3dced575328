package io.procession.internal.codec;

/** The first byte of each value. {@code docs/wire-protocol.md} says what follows. */
final class Tag {
    static final int NULL = 0x00;
    static final int FALSE = 0x01;
    static final int TRUE = 0x02;
    static final int BYTE = 0x03;
    static final int SHORT = 0x04;
    static final int CHARACTER = 0x05;
    static final int INTEGER = 0x06;
    static final int LONG = 0x07;
    static final int FLOAT = 0x08;
    static final int DOUBLE = 0x09;
    static final int STRING = 0x0A;
    static final int BACK_REFERENCE = 0x0B;
    static final int BYTE_ARRAY = 0x0C;
    static final int PRIMITIVE_ARRAY = 0x0D;
    static final int OBJECT_ARRAY = 0x0E;
    static final int BUFFER = 0x0F;
    static final int BIG_INTEGER = 0x10;
    static final int BIG_DECIMAL = 0x11;
    static final int ENUM = 0x12;
    static final int CLASS = 0x13;
    static final int OPTIONAL = 0x14;
    static final int TIME = 0x15;
    static final int UUID = 0x16;
    static final int PATH = 0x17;
    static final int URI = 0x18;
    static final int COLLECTION = 0x19;
    static final int MAP = 0x1A;
    static final int ENTRY = 0x1B;
    static final int RECORD = 0x1C;
    static final int OBJECT = 0x1D;
    static final int JAVA = 0x1E;
    static final int THROWABLE = 0x1F;
    static final int LAMBDA = 0x20;
    static final int HANDLE = 0x21;
    static final int ENUM_SET = 0x22;
    static final int ENUM_MAP = 0x23;

    /** Tags from here on are an {@code Integer} by themselves. */
    static final int SMALL_INTEGER = 0x80;

    static final int SMALLEST_INTEGER = -16;
    static final int LARGEST_INTEGER = SMALLEST_INTEGER + (0xFF - SMALL_INTEGER);

    private Tag() {}
}
