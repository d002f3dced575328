package io.procession.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Judges what becomes of bytes of others, at each place where they are parsed, against what the page about the wire says of them. They come in pieces: of so many that are left, how many
 * come next is asked.
 */
final class Parsing {
    private Parsing() {}

    /** A stream is the honest frames up to the first that cannot be. */
    static void ofFrames(byte[] stream, IntUnaryOperator pieces) {
        List<byte[]> expected = new ArrayList<>();
        boolean broken = model(stream, expected);
        List<byte[]> frames = new ArrayList<>();
        boolean refused = feed(new FrameReader(), stream, frames, pieces);
        assertThat(refused).as("refused").isEqualTo(broken);
        assertThat(frames).usingElementComparator(Arrays::compare).isEqualTo(expected);
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

    private static boolean feed(FrameReader reader, byte[] stream, List<byte[]> frames, IntUnaryOperator pieces) {
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
                int piece = Math.min(room.remaining(), pieces.applyAsInt(stream.length - at));
                room.put(stream, at, piece);
                reader.added(piece);
                at += piece;
            }
        } catch (IOException refused) {
            return true;
        }
    }

    /**
     * Only the right hello gets in.
     *
     * @param hello which that is; its pass lies in the folder
     * @return whether the pass is used up
     */
    static boolean ofHello(byte[] said, byte[] hello, PassFolder folder, IntUnaryOperator pieces) throws IOException {
        boolean marked = Arrays.equals(
                Arrays.copyOf(said, Math.min(8, said.length)), Arrays.copyOf(hello, Math.min(8, said.length)));
        boolean whole = marked && said.length == hello.length;
        boolean right = Arrays.equals(said, hello);
        boolean open = marked && said.length < hello.length;

        Handshake.Verdict verdict = heard(said, folder, pieces);
        assertThat(verdict.pass() != null).as("in").isEqualTo(right);
        assertThat(verdict.objection() != null).as("refused").isEqualTo(!right && !open);
        if (whole && Arrays.equals(said, 8, 24, hello, 8, 24)) {
            assertThat(Site.filesBelow(folder.directory()))
                    .as("a pass serves once")
                    .isEmpty();
            return true;
        }
        return false;
    }

    /** All at once what is too long, which would be seen as a hello and something after it otherwise. */
    private static Handshake.Verdict heard(byte[] said, PassFolder folder, IntUnaryOperator pieces) {
        Handshake.Verdict verdict = Handshake.Verdict.OPEN;
        int end = 0;
        while (end < said.length && verdict.equals(Handshake.Verdict.OPEN)) {
            end += said.length > Handshake.HELLO_BYTES ? said.length : pieces.applyAsInt(said.length - end);
            verdict = Handshake.judge(ByteBuffer.wrap(said, 0, end), folder);
        }
        return verdict;
    }

    /** Only the right answer is believed. */
    static void ofAnswer(byte[] said, Pass pass) {
        byte[] answer = Handshake.answer(pass);
        ByteBuffer received = ByteBuffer.wrap(said);
        boolean believed = Handshake.objectionToAnswer(received) == null
                && said.length >= Handshake.ANSWER_BYTES
                && Handshake.isFromHost(received, pass);
        boolean right = said.length >= answer.length && Arrays.equals(said, 0, answer.length, answer, 0, answer.length);
        assertThat(believed).as("believed").isEqualTo(right);
    }

    /** An address is of this host or none; what is too long is none for any transport. */
    static void ofAddress(String value) {
        if (value.length() > TransportAddress.MAX_LENGTH) {
            assertThatIllegalArgumentException().isThrownBy(() -> new TransportAddress("socket", value));
            return;
        }
        try {
            Endpoint endpoint = Endpoint.parse(new TransportAddress("socket", value));
            assertThat(endpoint.host().isLoopbackAddress()).as(value).isTrue();
            assertThat(endpoint.port()).as(value).isBetween(1, 65_535);
            assertThat(endpoint.folder()).as(value).matches("[A-Za-z0-9-]+");
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("nobody listens at");
        }
    }
}
