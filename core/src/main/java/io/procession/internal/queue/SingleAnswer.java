package io.procession.internal.queue;

import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.ReplyHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Hands an answer to the thread that asked. */
record SingleAnswer(CompletableFuture<ByteBuffer> future) implements ReplyHandler {
    @Override
    public void onReply(ByteBuffer answer) {
        future.complete(answer);
    }

    @Override
    public void onEnded(Ending ending) {
        future.completeExceptionally(new ObjectEndedException(ending));
    }
}
