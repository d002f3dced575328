package io.procession.internal.connection;

import java.io.IOException;

/** The peer sent what the protocol does not allow, or what this process cannot hold; the connection ends. */
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
