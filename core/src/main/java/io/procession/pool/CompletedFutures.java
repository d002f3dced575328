package io.procession.pool;

import io.procession.internal.connection.Deadline;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Futures in the order in which they complete, each once. Keeps none that it has given. */
final class CompletedFutures<F extends CompletableFuture<?>> implements Results.Source<F> {
    private final LinkedBlockingQueue<F> completed = new LinkedBlockingQueue<>();
    private int left;
    private volatile boolean closed;

    @SuppressWarnings("FutureReturnValueIgnored") // what follows the completion cannot fail
    CompletedFutures(Collection<F> futures) {
        left = futures.size();
        LinkedBlockingQueue<F> queue = completed; // not this: a future that never completes would keep it
        futures.forEach(future -> future.whenComplete((result, failure) -> queue.add(future)));
    }

    @Override
    public boolean hasNext() {
        return left > 0 && !closed;
    }

    @Override
    public F next(Deadline deadline) throws InterruptedException, TimeoutException {
        F next = completed.poll(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw new TimeoutException("none of the " + left + " futures left has completed in time");
        }
        left--;
        return next;
    }

    @Override
    public void close() {
        closed = true; // the futures are the caller's: they go on
    }
}
