package io.procession.transport.socket;

import io.procession.testing.Guarded;
import io.procession.transport.TransportSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged input at each place where bytes of others are parsed, against what the page about the wire says of them. Seeded mutation: {@code -Dfuzz.inputs=10000000}
 * for as many inputs in all, {@code -Dfuzz.seed=N} to see one run again.
 */
@Guarded(seconds = 3_600)
class FuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 400_000);
    private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Mutations mutations = new Mutations(random);

    @BeforeEach
    void tellTheSeed() {
        System.out.println("seed " + SEED);
    }

    @Test
    void framesAreTheHonestOnesUpToTheFirstThatCannotBe() throws IOException {
        each(() -> Parsing.ofFrames(mutations.of(honestFrames()), this::piece));
    }

    private byte[] honestFrames() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int left = random.nextInt(4); left >= 0; left--) {
            int size = random.nextInt(50) == 0 ? random.nextInt(65_533) : random.nextInt(40);
            stream.writeBytes(ByteBuffer.allocate(4 + size).putInt(0, 4 + size).array());
        }
        return stream.toByteArray();
    }

    @Test
    void onlyTheRightHelloGetsIn() throws IOException {
        PassFolder folder = PassFolder.create(new TransportSite(directory, "fuzz"));
        byte[][] hello = {freshHello(folder)};
        each(() -> {
            if (Parsing.ofHello(mutations.of(hello[0]), hello[0], folder, this::piece)) {
                hello[0] = freshHello(folder);
            }
        });
        folder.delete();
    }

    private static byte[] freshHello(PassFolder folder) throws IOException {
        Pass pass = Pass.random();
        folder.leave(pass);
        byte[] hello = new byte[Handshake.HELLO_BYTES];
        Handshake.hello(pass).get(hello);
        return hello;
    }

    @Test
    void onlyTheRightAnswerIsBelieved() throws IOException {
        Pass pass = Pass.random();
        byte[] answer = Handshake.answer(pass);
        each(() -> Parsing.ofAnswer(mutations.of(answer), pass));
    }

    @Test
    void anAddressIsOfThisHostOrNone() throws IOException {
        byte[] honest = "127.0.0.1:40123/test-socket1".getBytes(StandardCharsets.ISO_8859_1);
        each(() -> Parsing.ofAddress(new String(mutations.of(honest), StandardCharsets.ISO_8859_1)));
    }

    /** What is fed to the fuzzer that is guided by coverage: its inputs, made by hand. */
    @Test
    void theOtherFuzzerJudgesToo() throws IOException {
        for (int what = 0; what < 4; what++) {
            for (int size : new int[] {0, 1, 7, 56, 57, 255}) {
                for (int length : IntStream.concat(IntStream.range(0, 80), IntStream.of(1024, 1025, 4094))
                        .toArray()) {
                    byte[] data = new byte[2 + length];
                    data[0] = (byte) what;
                    data[1] = (byte) size;
                    CoverageFuzz.fuzzerTestOneInput(data);
                }
            }
        }
    }

    /** One attempt of many. */
    private interface Attempt {
        void run() throws IOException;
    }

    private static void each(Attempt attempt) throws IOException {
        for (int i = 0; i < INPUTS / 4; i++) {
            try {
                attempt.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", input " + i, e);
            }
        }
    }

    /** How many come next of those that are left. */
    private int piece(int left) {
        return 1 + random.nextInt(left);
    }
}
