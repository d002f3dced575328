package io.procession.internal.hosting;

import io.procession.internal.connection.Connection;
import java.nio.ByteBuffer;

/**
 * The host's side of an object. Called on threads of transports, by one at a time for one connection but by many for many; must not block and runs no code of
 * the user. What it throws ends the connection.
 */
public interface HostedObject {
    /**
     * Somebody asks. Each call gets one answer, at once or later; after the object has ended it is {@linkplain Call#refuse refused}.
     *
     * @param call to be answered
     * @param request what was asked
     */
    void onCall(Call call, ByteBuffer request);

    /**
     * Somebody tells something that is not answered.
     *
     * @param from who
     * @param message what; empty if it answers something that was {@linkplain Hosting#tell told} to a process where nobody uses the object any more
     */
    void onCast(Connection from, ByteBuffer message);

    /**
     * A process that had asked or told something has ended, or its link broke. Everything it had sent was handed over before.
     *
     * @param from the connection with it
     */
    void onPeerClosed(Connection from);
}
