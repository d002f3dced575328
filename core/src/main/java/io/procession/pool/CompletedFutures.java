package io.procession.pool;

import io.procession.internal.connection.Deadline;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Futures in the order in which they complete, each once. Keeps none that it has given. */
final class CompletedFutures<F extends CompletableFuture<?>> implements Results.Source<F> {
    /** Nothing is in it only after it was closed, to wake who waits. */
    private final LinkedBlockingQueue<Optional<F>> completed = new LinkedBlockingQueue<>();

    private final List<Dependent> dependents;
    private int left;
    private volatile boolean closed;

    CompletedFutures(Collection<F> futures) {
        left = futures.size();
        LinkedBlockingQueue<Optional<F>> queue = completed; // not this: a future that never completes would keep it
        dependents = futures.stream()
                .map(future -> new Dependent(future, failure -> queue.add(Optional.of(future))))
                .toList();
    }

    @Override
    public boolean hasNext(Deadline deadline) {
        return left > 0 && !closed;
    }

    @Override
    public F next(Deadline deadline) throws InterruptedException, TimeoutException {
        Optional<F> next = completed.poll(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw new TimeoutException("none of the " + left + " futures left has completed in time");
        }
        left--;
        return next.orElseThrow(() -> new NoSuchElementException("this was closed while it was waited for"));
    }

    @Override
    public void close() {
        closed = true; // the futures are the caller's: they go on
        dependents.forEach(Dependent::remove);
        completed.add(Optional.empty());
    }
}
