package io.procession.transport.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * A connected TCP socket and the thread that serves it: a thread of its own, or an event loop. What is marked with (link) is called on that thread only.
 */
interface Wire {
    /** Whether the caller is the thread of the link. */
    boolean isHere();

    /** Lets {@link SocketLink#serve} run soon on the thread of the link. */
    void wake();

    /** Writes what goes without waiting, indifferent to interrupts. From any thread, by one at a time. */
    int put(ByteBuffer segment) throws IOException;

    /** As the other, from several buffers. */
    long put(ByteBuffer[] segments, int offset, int count) throws IOException;

    /** (link) Sees to the rest of a batch, which does not go without waiting, and calls {@link FrameWriter#resume} or {@link FrameWriter#finished} then. */
    void putLater(Batch batch);

    /** (link) Whether to read. */
    void reading(boolean wanted);

    /** (link) Lets the other side see the end after what was written, and goes on reading. */
    void endOutput();

    /** (link) Calls {@link SocketLink#serve} after a time, unless the socket is closed by then. */
    void serveAfter(long nanos);

    /** As {@link io.procession.transport.Link#receiveHere}. The caller is the thread of the link meanwhile. */
    default boolean receiveHere(BooleanSupplier arrived, long nanos) {
        return false;
    }

    /** As {@link io.procession.transport.Link#expectAnswer}. From any thread. */
    default void expectAnswer() {}

    /** Closes the socket as the death of this process would. From any thread. */
    void close();
}
