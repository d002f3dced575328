package io.procession.transport.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes before the first frame, as {@code docs/wire-protocol.md} has them: the client's hello, and the answer of a host that has accepted. A host that
 * refuses says nothing and hangs up.
 *
 * <pre>
 *   hello                                  answer
 *   offset  bytes                          offset  bytes
 *        0      8  "SOCK", version 1            0      8  "LINK", version 1
 *        8     16  the name of the pass         8     32  the host's token
 *       24     32  the client's token
 * </pre>
 */
final class Handshake {
    static final int HELLO_BYTES = 8 + Pass.ID_BYTES + Pass.TOKEN_BYTES;
    static final int ANSWER_BYTES = 8 + Pass.TOKEN_BYTES;

    private static final byte[] HELLO_MARK = "SOCK\0\0\0\1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER_MARK = "LINK\0\0\0\1".getBytes(StandardCharsets.US_ASCII);

    private Handshake() {}

    static ByteBuffer hello(Pass pass) {
        return ByteBuffer.allocateDirect(HELLO_BYTES)
                .put(HELLO_MARK)
                .put(pass.id())
                .put(pass.ofClient())
                .flip();
    }

    static byte[] answer(Pass pass) {
        return ByteBuffer.allocate(ANSWER_BYTES)
                .put(ANSWER_MARK)
                .put(pass.ofHost())
                .array();
    }

    /**
     * What a listener makes of what somebody has said.
     *
     * @param pass the pass he has shown; null if he has shown none (yet)
     * @param objection why he is refused; null if he is not (yet)
     */
    record Verdict(@Nullable Pass pass, @Nullable String objection) {
        static final Verdict OPEN = new Verdict(null, null);
    }

    /** Judges all that somebody has said so far. A pass that is named in a whole hello is used up by that. */
    static Verdict judge(ByteBuffer said, PassFolder folder) {
        String objection = objectionToHello(said);
        if (objection != null) {
            return new Verdict(null, objection);
        }
        if (said.remaining() < HELLO_BYTES) {
            return Verdict.OPEN;
        }
        Pass pass = folder.redeem(passId(said));
        if (pass == null) {
            return new Verdict(null, "it named a pass that does not exist, or was used before");
        }
        return isFromClient(said, pass)
                ? new Verdict(pass, null)
                : new Verdict(null, "it named a pass and did not know what is in it");
    }

    private static @Nullable String objectionToHello(ByteBuffer received) {
        if (!beginsLike(HELLO_MARK, received)) {
            return "it does not begin as processes of this version do";
        }
        return received.remaining() > HELLO_BYTES ? "it said more than may be said before it is accepted" : null;
    }

    /** What speaks against taking the bytes received so far for an answer or its beginning; null if nothing does. */
    static @Nullable String objectionToAnswer(ByteBuffer received) {
        return beginsLike(ANSWER_MARK, received)
                ? null
                : "whoever listens there does not answer as processes of this version do";
    }

    private static boolean beginsLike(byte[] mark, ByteBuffer received) {
        int known = Math.min(mark.length, received.remaining());
        for (int i = 0; i < known; i++) {
            if (received.get(received.position() + i) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] passId(ByteBuffer hello) {
        return bytes(hello, HELLO_MARK.length, Pass.ID_BYTES);
    }

    private static boolean isFromClient(ByteBuffer hello, Pass pass) {
        return Secret.equal(bytes(hello, HELLO_MARK.length + Pass.ID_BYTES, Pass.TOKEN_BYTES), pass.ofClient());
    }

    /** Whether a whole answer comes from whoever found the pass. */
    static boolean isFromHost(ByteBuffer answer, Pass pass) {
        return Secret.equal(bytes(answer, ANSWER_MARK.length, Pass.TOKEN_BYTES), pass.ofHost());
    }

    private static byte[] bytes(ByteBuffer from, int offset, int count) {
        byte[] bytes = new byte[count];
        from.get(from.position() + offset, bytes);
        return bytes;
    }
}
