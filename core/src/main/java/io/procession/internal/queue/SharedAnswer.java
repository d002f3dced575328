package io.procession.internal.queue;

import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One question that many threads ask: at most one is under way, and whoever comes meanwhile shares the next, so that each answer is younger than the question. So questions do not pile up
 * before a host that is stopped, however many callers give up and come again.
 */
final class SharedAnswer {
    private final RemoteObject object;
    private final byte question;
    // Both guarded by this.
    private @Nullable CompletableFuture<ByteBuffer> running;
    private @Nullable CompletableFuture<ByteBuffer> next;

    SharedAnswer(RemoteObject object, byte question) {
        this.object = object;
        this.question = question;
    }

    /** The answer, to be read once; null if it did not come in time. */
    @Nullable
    ByteBuffer await(Deadline deadline) throws ObjectEndedException, InterruptedException {
        try {
            return join().get(deadline.leftNanos(), TimeUnit.NANOSECONDS).duplicate();
        } catch (TimeoutException late) {
            return null;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof ObjectEndedException ended) {
                throw ended;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    private CompletableFuture<ByteBuffer> join() {
        CompletableFuture<ByteBuffer> mine;
        synchronized (this) {
            if (running != null) {
                if (next == null) {
                    next = new CompletableFuture<>();
                }
                return next;
            }
            mine = new CompletableFuture<>();
            running = mine;
        }
        send(mine);
        return mine;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it does is told by the answer itself
    private void send(CompletableFuture<ByteBuffer> asked) {
        object.ask(QueueWire.alone(question)).whenComplete((answer, failure) -> {
            CompletableFuture<ByteBuffer> following;
            synchronized (this) {
                following = next;
                running = following;
                next = null;
            }
            if (failure == null) {
                asked.complete(answer);
            } else {
                asked.completeExceptionally(failure);
            }
            if (following != null) {
                send(following);
            }
        });
    }
}
