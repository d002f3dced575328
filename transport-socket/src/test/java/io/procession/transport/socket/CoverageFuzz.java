package io.procession.transport.socket;

import io.procession.transport.TransportSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * What a fuzzer calls that is guided by coverage, with inputs that it finds by what they make the program do: {@code mvn -q -Pfuzz test -pl transport-socket -am -DskipTests}. The first byte of an
 * input says what is parsed, the second in which pieces it comes. What is compared with secrets is added to the honest bytes, since nobody would guess those.
 */
public final class CoverageFuzz {
    private static final Pass PASS = new Pass(bytes(Pass.ID_BYTES, 1), bytes(2 * Pass.TOKEN_BYTES, 2));
    private static final PassFolder FOLDER = folder();
    private static final byte[] HELLO = hello();

    private CoverageFuzz() {}

    private static byte[] bytes(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static PassFolder folder() {
        try {
            PassFolder folder = PassFolder.create(new TransportSite(Files.createTempDirectory("fuzz"), "fuzz"));
            folder.leave(PASS);
            Runtime.getRuntime().addShutdownHook(new Thread(folder::delete));
            return folder;
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static byte[] hello() {
        byte[] hello = new byte[Handshake.HELLO_BYTES];
        Handshake.hello(PASS).get(hello);
        return hello;
    }

    /** For the fuzzer: fails if the input is not judged as the page about the wire says. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length < 2) {
            return;
        }
        int size = Byte.toUnsignedInt(data[1]);
        IntUnaryOperator pieces = left -> size == 0 ? left : Math.min(size, left);
        byte[] input = Arrays.copyOfRange(data, 2, data.length);
        switch (data[0] & 3) {
            case 0 -> Parsing.ofFrames(input, pieces);
            case 1 -> {
                if (Parsing.ofHello(added(input, HELLO), HELLO, FOLDER, pieces)) {
                    FOLDER.leave(PASS);
                }
            }
            case 2 -> Parsing.ofAnswer(added(input, Handshake.answer(PASS)), PASS);
            default -> Parsing.ofAddress(new String(input, StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] added(byte[] input, byte[] honest) {
        for (int i = 0; i < Math.min(input.length, honest.length); i++) {
            input[i] += honest[i];
        }
        return input;
    }
}
