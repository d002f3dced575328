package io.procession.transport.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What goes over a doorbell before a link exists. All numbers are big-endian.
 *
 * <pre>
 *   client to host, 16 bytes              host to client, 12 bytes and a text
 *   | mark 4 | version 4 | family 8 |     | mark 4 | answer 4 | length 4 | text, UTF-8 |
 *
 *   answer 0: accepted; the text is the path of the file of the link
 *   answer 1: refused; the text says why
 * </pre>
 */
final class Greeting {
    static final int HELLO_BYTES = 16;
    static final int ANSWER_HEAD_BYTES = 12;
    static final int MAX_TEXT_BYTES = 4096;

    private static final int MARK = 0x5053484d; // PSHM
    private static final int ACCEPTED = 0;
    private static final int REFUSED = 1;

    private Greeting() {}

    /**
     * A number for the family, so that a file of another is noticed.
     *
     * @param listener the socket of the listener, which lies in the family's directory
     */
    static long family(Path listener) {
        Path directory = listener.getParent();
        String text = directory == null ? "" : directory.toString();
        long hash = 0xcbf29ce484222325L; // FNV-1a, over characters
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    static ByteBuffer hello(long family) {
        return ByteBuffer.allocateDirect(HELLO_BYTES)
                .putInt(MARK)
                .putInt(LinkLayout.VERSION)
                .putLong(family)
                .flip();
    }

    /** Why a hello is refused, in words; null if it is not. */
    static @Nullable String refusal(ByteBuffer hello, long family) {
        if (hello.getInt(0) != MARK) {
            return "this is a listener of the transport " + ShmTransport.ID;
        }
        if (hello.getInt(4) != LinkLayout.VERSION) {
            return "version " + LinkLayout.VERSION + " of the transport " + ShmTransport.ID + " listens here, not "
                    + hello.getInt(4) + "; all processes of a program need the same version of the library";
        }
        return hello.getLong(8) == family ? null : "another family of processes listens here";
    }

    static ByteBuffer accepted(Path file) {
        return answer(ACCEPTED, file.toString());
    }

    static ByteBuffer refused(String reason) {
        return answer(REFUSED, reason);
    }

    private static ByteBuffer answer(int answer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_TEXT_BYTES);
        return ByteBuffer.allocateDirect(ANSWER_HEAD_BYTES + length)
                .putInt(MARK)
                .putInt(answer)
                .putInt(length)
                .put(bytes, 0, length)
                .flip();
    }

    /** How long an answer is of which the head has arrived. */
    static int answerBytes(ByteBuffer head) throws IOException {
        int length = head.getInt(8);
        if (head.getInt(0) != MARK || length < 0 || length > MAX_TEXT_BYTES) {
            throw new IOException("whoever listens there speaks another language");
        }
        return ANSWER_HEAD_BYTES + length;
    }

    /** The path of the link's file. */
    static String path(ByteBuffer answer) throws IOException {
        byte[] bytes = new byte[answer.getInt(8)];
        answer.get(ANSWER_HEAD_BYTES, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (answer.getInt(4) != ACCEPTED) {
            throw new IOException(text);
        }
        return text;
    }
}
