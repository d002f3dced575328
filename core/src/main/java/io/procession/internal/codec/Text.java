package io.procession.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Text without a tag: a varint of length in bytes times four plus the form, then the bytes. Latin-1 because that is how the JVM keeps
 * most text; UTF-16 for text with half a surrogate pair, which UTF-8 cannot say.
 */
final class Text {
    private static final int LATIN_1 = 0;
    private static final int UTF8 = 1;
    private static final int UTF16 = 2;

    private Text() {}

    static void write(ByteSink out, String text) {
        int length = text.length();
        int most = 0;
        for (int i = 0; i < length; i++) {
            most |= text.charAt(i);
        }
        if (most <= 0xFF) {
            writeLatin1(out, text, length);
        } else {
            writeOther(out, text);
        }
    }

    /** The deprecated method takes the low byte of each character: exactly Latin-1, without an array between. */
    @SuppressWarnings("deprecation")
    private static void writeLatin1(ByteSink out, String text, int length) {
        out.checkRoom(length);
        out.putVarlong((long) length << 2 | LATIN_1);
        int at = out.reserve(length);
        text.getBytes(0, length, out.array(), at);
    }

    private static void writeOther(ByteSink out, String text) {
        out.checkRoom(text.length());
        boolean paired = isPaired(text);
        byte[] bytes = paired ? text.getBytes(UTF_8) : utf16(text);
        out.checkRoom(bytes.length);
        out.putVarlong((long) bytes.length << 2 | (paired ? UTF8 : UTF16));
        out.borrow(bytes, 0, bytes.length);
    }

    /** By hand, because the charset replaces halves of surrogate pairs. */
    private static byte[] utf16(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) text.charAt(i);
            bytes[2 * i + 1] = (byte) (text.charAt(i) >>> 8);
        }
        return bytes;
    }

    private static boolean isPaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    static String read(Decoder in) {
        long head = in.varlong();
        int length = in.lengthOf(head >>> 2, 1);
        int at = in.take(length);
        switch ((int) head & 3) {
            case LATIN_1:
                return new String(in.array(), at, length, ISO_8859_1);
            case UTF8:
                return new String(in.array(), at, length, UTF_8);
            case UTF16:
                return utf16(in.array(), at, length / 2);
            default:
                throw in.garbled("text of an unknown form");
        }
    }

    private static String utf16(byte[] bytes, int from, int length) {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) ((bytes[from + 2 * i] & 0xFF) | (bytes[from + 2 * i + 1] << 8));
        }
        return new String(chars);
    }
}
