package io.procession.internal.hosting;

import java.nio.ByteBuffer;

/** What a process makes of a {@link RemoteObject}: one for each object and process. */
public interface RemoteView {
    /**
     * The object has ended for this process. Called once, on a thread of the transport or of whoever closed; must not block. Every call under way is
     * forgotten: its answer will not come.
     *
     * @param ending why
     */
    void onEnded(Ending ending);

    /**
     * The host tells something of its own accord. Called on a thread of the transport; must not block.
     *
     * @param message what, memory of the receiver
     */
    default void onTold(ByteBuffer message) {}
}
