package io.procession.transport.socket;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What two processes of a family know of one connection, and nobody else: a name under which it lies in the private directory, what the one who connects has to
 * say, and what the one who listens has to answer.
 */
final class Pass {
    static final int ID_BYTES = 16;
    static final int TOKEN_BYTES = 32;

    private final byte[] id;
    private final byte[] tokens;

    Pass(byte[] id, byte[] tokens) {
        this.id = id;
        this.tokens = tokens;
    }

    static Pass random() {
        return new Pass(Secret.random(ID_BYTES), Secret.random(2 * TOKEN_BYTES));
    }

    static String name(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    String name() {
        return name(id);
    }

    byte[] id() {
        return id;
    }

    /** Both tokens, one behind the other, as they lie in the file. */
    byte[] tokens() {
        return tokens;
    }

    /** What the one who connects has to say. */
    byte[] ofClient() {
        return Arrays.copyOf(tokens, TOKEN_BYTES);
    }

    /** What the one who listens has to answer. */
    byte[] ofHost() {
        return Arrays.copyOfRange(tokens, TOKEN_BYTES, 2 * TOKEN_BYTES);
    }
}
