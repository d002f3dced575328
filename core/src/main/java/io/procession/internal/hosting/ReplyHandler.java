package io.procession.internal.hosting;

import java.nio.ByteBuffer;

/** Receives the answer to a call, on a thread of the transport; must not block. */
@FunctionalInterface
public interface ReplyHandler {
    /**
     * The answer.
     *
     * @param answer memory of the receiver
     */
    void onReply(ByteBuffer answer);

    /**
     * There will be no answer: the object has ended.
     *
     * @param ending why
     */
    default void onEnded(Ending ending) {}
}
