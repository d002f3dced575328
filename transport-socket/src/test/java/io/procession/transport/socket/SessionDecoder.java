package io.procession.transport.socket;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads both directions of a connection as {@code docs/wire-protocol.md} describes it. Written from that page alone, and on purpose with nothing of the code it
 * describes.
 */
final class SessionDecoder {
    private SessionDecoder() {}

    /** What a client says: the name of its pass, its token, its frames without their lengths. */
    record Client(String pass, byte[] token, List<byte[]> frames) {}

    /** What a host says: its token, its frames without their lengths. */
    record Host(byte[] token, List<byte[]> frames) {}

    static Client client(byte[] bytes) {
        expect(bytes, "SOCK");
        StringBuilder name = new StringBuilder();
        for (int at = 8; at < 24; at++) {
            name.append(String.format("%02x", bytes[at]));
        }
        return new Client(name.toString(), Arrays.copyOfRange(bytes, 24, 56), frames(bytes, 56));
    }

    static Host host(byte[] bytes) {
        expect(bytes, "LINK");
        return new Host(Arrays.copyOfRange(bytes, 8, 40), frames(bytes, 40));
    }

    private static void expect(byte[] bytes, String word) {
        String begin = new String(bytes, 0, 4, StandardCharsets.US_ASCII);
        if (!begin.equals(word) || bytes[4] != 0 || bytes[5] != 0 || bytes[6] != 0 || bytes[7] != 1) {
            throw new AssertionError("begins with " + Arrays.toString(Arrays.copyOf(bytes, 8)));
        }
    }

    private static List<byte[]> frames(byte[] bytes, int from) {
        List<byte[]> frames = new ArrayList<>();
        int at = from;
        while (at < bytes.length) {
            int length = 0;
            for (int i = 0; i < 4; i++) {
                length = 256 * length + Byte.toUnsignedInt(bytes[at + i]);
            }
            if (length < 4 || length > 65_536 || at + length > bytes.length) {
                throw new AssertionError("a frame of " + length + " bytes at " + at + " of " + bytes.length);
            }
            frames.add(Arrays.copyOfRange(bytes, at + 4, at + length));
            at += length;
        }
        return frames;
    }

    /** The bytes of a test vector of the page. */
    static byte[] vector(Path page, String name) throws Exception {
        String text = Files.readString(page);
        int mark = text.indexOf("<!-- vector: " + name + " -->");
        int begin = text.indexOf("```\n", mark) + 4;
        String hex = text.substring(begin, text.indexOf("```", begin)).replaceAll("\\s", "");
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
