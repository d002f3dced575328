package io.procession.internal.connection;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages of some kinds from all connections of a process. Called on threads of the transport, never by two at once for one connection;
 * must not block and runs no code of the user. What {@link #onMessage} throws ends the connection.
 */
public interface MessageHandler {
    /**
     * A whole message arrived.
     *
     * @param connection where
     * @param kind one of the kinds this handler was registered for
     * @param id what the sender gave
     * @param payload heap memory that belongs to the receiver from now on; big-endian
     */
    void onMessage(Connection connection, Kind kind, long id, ByteBuffer payload);

    /**
     * This process is about to close the connection of its own will. The peer may read evidence of this process (its status page) as soon as it
     * sees the end, so from the return of this method on nothing may be done in the name of the connection.
     *
     * @param connection the connection; what is sent from now on is not delivered
     */
    default void onClosing(Connection connection) {}

    /**
     * A connection that was open has ended. Called once and last.
     *
     * @param connection the connection
     * @param cause what broke it; null if one side closed it or the peer's process ended
     */
    void onClosed(Connection connection, @Nullable Throwable cause);
}
