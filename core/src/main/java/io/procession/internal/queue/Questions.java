package io.procession.internal.queue;

import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.ReplyHandler;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What single callers ask the host of a queue, each for itself. A question whose caller gave up is taken back, and only so many may be on their way back: who asks a host that is stopped again and again,
 * each time for a moment, does not fill the memory with questions.
 */
final class Questions {
    private static final int MOST_GIVEN_UP = 16;

    private final RemoteObject object;
    private final Set<Question> asking = ConcurrentHashMap.newKeySet();
    /** Has a permit for each question that may be given up before the host answers one that was. */
    private final Semaphore toGiveUp = new Semaphore(MOST_GIVEN_UP);

    private volatile boolean closed;

    Questions(RemoteObject object) {
        this.object = object;
    }

    /** The answer; null if it did not come in time, and then the question is taken back. */
    @Nullable
    ByteBuffer ask(ByteBuffer message, Deadline deadline) throws ObjectEndedException, InterruptedException {
        if (toGiveUp.availablePermits() == 0) {
            // Not asked at all: the host answers none of them.
            if (!toGiveUp.tryAcquire(deadline.leftNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
            toGiveUp.release();
        }
        Question question = new Question();
        long call = object.call(question, message);
        asking.add(question);
        boolean answered = false;
        try {
            if (closed) {
                throw new ObjectEndedException(Ending.CLOSED_HERE); // else the question is seen by who closes
            }
            ByteBuffer answer = question.future.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
            answered = true;
            return answer;
        } catch (TimeoutException late) {
            return null;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof ObjectEndedException ended) {
                throw ended;
            }
            throw new IllegalStateException(failure.getCause());
        } finally {
            asking.remove(question);
            if (!answered && object.ending() == null) {
                question.giveUp();
                object.cast(QueueWire.ofCall(QueueWire.CANCEL, call));
            }
        }
    }

    /** The queue is closed in this process: whoever waits is told. */
    void close() {
        closed = true;
        asking.forEach(question -> question.onEnded(Ending.CLOSED_HERE));
        toGiveUp.release(MOST_GIVEN_UP); // whoever waits for one finds out that this is closed
    }

    private final class Question implements ReplyHandler {
        final CompletableFuture<ByteBuffer> future = new CompletableFuture<>();
        private boolean replied;
        private boolean givenUp;

        /** Nobody waits for the answer any more, which still comes. */
        synchronized void giveUp() {
            // Of any number that give up at once, as many count as there are permits: enough for others to wait.
            givenUp = !replied && toGiveUp.tryAcquire();
        }

        private synchronized void over() {
            if (givenUp) {
                toGiveUp.release();
                givenUp = false;
            }
            replied = true;
        }

        @Override
        public void onReply(ByteBuffer answer) {
            future.complete(answer);
            over();
        }

        @Override
        public void onEnded(Ending ending) {
            future.completeExceptionally(new ObjectEndedException(ending));
            if (ending.reason() != Ending.Reason.CLOSED_HERE) {
                over();
            }
        }
    }
}
