package io.procession.internal.queue;

import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.ReplyHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request for a place in a bounded queue of another process. A place granted to somebody who does not wait any more is released. The host gives back those of a process
 * that died.
 */
final class Reservation implements ReplyHandler {
    private final RemoteObject object;
    private final Semaphore unanswered;
    private final CountDownLatch answered = new CountDownLatch(1);
    // All below guarded by this.
    private byte result;
    private boolean abandoned;
    private boolean closedHere;
    private @Nullable Ending ending;

    /**
     * Prepares a request.
     *
     * @param object the queue
     * @param unanswered limits how many requests wait for an answer, of callers who wait and of callers who gave up
     */
    Reservation(RemoteObject object, Semaphore unanswered) {
        this.object = object;
        this.unanswered = unanswered;
    }

    /** Waits for the place; false if there is none, or none in time. */
    boolean await(boolean wait, Deadline deadline) throws ObjectEndedException, InterruptedException {
        if (!unanswered.tryAcquire(deadline.leftNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        if (isClosed()) {
            unanswered.release();
            throw new ObjectEndedException(Ending.CLOSED_HERE);
        }
        long call = ask(wait);
        InterruptedException interrupt = null;
        try {
            answered.await(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            interrupt = interrupted;
        }
        synchronized (this) {
            if (ending != null) {
                throw new ObjectEndedException(ending);
            }
            if (interrupt == null && !closedHere && result == QueueWire.GRANTED) {
                return true;
            }
            abandoned = true;
            if (result == QueueWire.GRANTED) {
                release();
            } else if (result == 0) {
                object.cast(QueueWire.ofCall(QueueWire.CANCEL, call));
            }
        }
        if (interrupt != null) {
            throw interrupt;
        }
        if (isClosed()) {
            throw new ObjectEndedException(Ending.CLOSED_HERE);
        }
        return false;
    }

    /** This process has closed its view: nobody waits any more. */
    synchronized void close() {
        closedHere = true;
        answered.countDown();
    }

    private synchronized boolean isClosed() {
        return closedHere;
    }

    @Override
    public synchronized void onReply(ByteBuffer answer) {
        result = answer.get();
        if (result == QueueWire.GRANTED && abandoned) {
            release();
        }
        answered.countDown();
        unanswered.release();
    }

    @Override
    public synchronized void onEnded(Ending why) {
        if (ending == null) {
            ending = why;
            answered.countDown();
            unanswered.release();
        }
    }

    private long ask(boolean wait) throws ObjectEndedException {
        try {
            return object.call(this, QueueWire.reserve(wait));
        } catch (ObjectEndedException ended) {
            onEnded(ended.ending()); // unless it was told already
            throw ended;
        }
    }

    private void release() {
        try {
            object.cast(QueueWire.alone(QueueWire.RELEASE));
        } catch (ObjectEndedException ended) {
            // and with it the place
        }
    }
}
