package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Guarded;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    void framesAreTheHonestOnesUpToTheFirstThatCannotBe() {
        for (int i = 0; i < INPUTS / 4; i++) {
            byte[] stream = mutations.of(honestFrames());
            FrameReader reader = new FrameReader();
            List<byte[]> expected = new ArrayList<>();
            boolean broken = model(stream, expected);
            List<byte[]> frames = new ArrayList<>();
            boolean refused = feed(reader, stream, frames);
            assertThat(refused).as("seed %d, input %d", SEED, i).isEqualTo(broken);
            assertThat(frames)
                    .as("seed %d, input %d", SEED, i)
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(expected);
        }
    }

    private byte[] honestFrames() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int left = random.nextInt(4); left >= 0; left--) {
            int size = random.nextInt(50) == 0 ? random.nextInt(65_533) : random.nextInt(40);
            stream.writeBytes(ByteBuffer.allocate(4 + size).putInt(0, 4 + size).array());
        }
        return stream.toByteArray();
    }

    /** What the page says: true if there is a length that cannot be. */
    private static boolean model(byte[] stream, List<byte[]> frames) {
        int at = 0;
        while (stream.length - at >= 4) {
            int length = ByteBuffer.wrap(stream).getInt(at);
            if (length < 4 || length > 65_536) {
                return true;
            }
            if (stream.length - at < length) {
                return false;
            }
            frames.add(Arrays.copyOfRange(stream, at, at + length));
            at += length;
        }
        return false;
    }

    private boolean feed(FrameReader reader, byte[] stream, List<byte[]> frames) {
        int at = 0;
        try {
            while (true) {
                for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                    byte[] bytes = new byte[frame.remaining()];
                    frame.get(bytes);
                    frames.add(bytes);
                }
                if (at == stream.length) {
                    return false;
                }
                ByteBuffer room = reader.room();
                int piece = Math.min(room.remaining(), 1 + random.nextInt(stream.length - at));
                room.put(stream, at, piece);
                reader.added(piece);
                at += piece;
            }
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void onlyTheRightHelloGetsIn() throws IOException {
        PassFolder folder = PassFolder.create(new TransportSite(directory, "fuzz"));
        byte[] hello = freshHello(folder);
        for (int i = 0; i < INPUTS / 4; i++) {
            byte[] said = mutations.of(hello);
            boolean marked = Arrays.equals(
                    Arrays.copyOf(said, Math.min(8, said.length)), Arrays.copyOf(hello, Math.min(8, said.length)));
            boolean whole = marked && said.length == hello.length;
            boolean right = Arrays.equals(said, hello);
            boolean open = marked && said.length < hello.length;

            Handshake.Verdict verdict = heard(said, folder);
            assertThat(verdict.pass() != null)
                    .as("in: seed %d, input %d", SEED, i)
                    .isEqualTo(right);
            assertThat(verdict.objection() != null)
                    .as("refused: seed %d, input %d", SEED, i)
                    .isEqualTo(!right && !open);
            if (whole && Arrays.equals(said, 8, 24, hello, 8, 24)) {
                assertThat(Site.filesBelow(folder.directory()))
                        .as("a pass serves once")
                        .isEmpty();
                hello = freshHello(folder);
            }
        }
        folder.delete();
    }

    private static byte[] freshHello(PassFolder folder) throws IOException {
        Pass pass = Pass.random();
        folder.leave(pass);
        byte[] hello = new byte[Handshake.HELLO_BYTES];
        Handshake.hello(pass).get(hello);
        return hello;
    }

    /** Says it in pieces, as they may come over a wire; all at once what is too long, which would be seen as a hello and something after it otherwise. */
    private Handshake.Verdict heard(byte[] said, PassFolder folder) {
        Handshake.Verdict verdict = Handshake.Verdict.OPEN;
        int end = 0;
        while (end < said.length && verdict.equals(Handshake.Verdict.OPEN)) {
            end += said.length > Handshake.HELLO_BYTES ? said.length : 1 + random.nextInt(said.length - end);
            verdict = Handshake.judge(ByteBuffer.wrap(said, 0, end), folder);
        }
        return verdict;
    }

    @Test
    void onlyTheRightAnswerIsBelieved() {
        Pass pass = Pass.random();
        byte[] answer = Handshake.answer(pass);
        for (int i = 0; i < INPUTS / 4; i++) {
            byte[] said = mutations.of(answer);
            ByteBuffer received = ByteBuffer.wrap(said);
            boolean believed = Handshake.objectionToAnswer(received) == null
                    && said.length >= Handshake.ANSWER_BYTES
                    && Handshake.isFromHost(received, pass);
            boolean right =
                    said.length >= answer.length && Arrays.equals(said, 0, answer.length, answer, 0, answer.length);
            assertThat(believed).as("seed %d, input %d", SEED, i).isEqualTo(right);
        }
    }

    @Test
    void anAddressIsOfThisHostOrNone() {
        byte[] honest = "127.0.0.1:40123/test-socket1".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < INPUTS / 4; i++) {
            String value = new String(mutations.of(honest), StandardCharsets.ISO_8859_1);
            try {
                Endpoint endpoint = Endpoint.parse(new TransportAddress("socket", value));
                assertThat(endpoint.host().isLoopbackAddress())
                        .as("seed %d: %s", SEED, value)
                        .isTrue();
                assertThat(endpoint.port()).as("seed %d: %s", SEED, value).isBetween(1, 65_535);
                assertThat(endpoint.folder()).as("seed %d: %s", SEED, value).matches("[A-Za-z0-9-]+");
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("nobody listens at");
            }
        }
    }
}
