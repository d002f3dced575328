package io.procession.pool;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waiting for several futures, of one pool, of several, or of none: any {@link CompletableFuture} will do. The counterpart of Python's
 * {@code concurrent.futures.wait} and {@code as_completed}.
 *
 * <p>All methods may be called by any thread. A future given twice counts once. None of them cancels a future or throws what it failed with.
 */
@SuppressWarnings("UndefinedEquals") // futures are told apart by identity, which is what their equals compares
public final class Futures {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private Futures() {}

    /**
     * What a wait has seen.
     *
     * @param done those that have completed: with a result, with a failure, or because they were cancelled
     * @param notDone the others
     * @param <F> the type of the futures
     */
    public record Split<F extends CompletableFuture<?>>(Set<F> done, Set<F> notDone) {}

    /**
     * Waits until at least one has completed.
     *
     * @param futures the futures; of none, nothing is waited for
     * @param <F> the type of the futures
     * @return all that have completed by then, and the others, in the order given
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <F extends CompletableFuture<?>> Split<F> waitFirst(Collection<? extends F> futures)
            throws InterruptedException {
        return waitFirst(futures, FOR_EVER);
    }

    /**
     * Waits until at least one has completed, for a bounded time.
     *
     * @param futures the futures; of none, nothing is waited for
     * @param timeout how long at most; zero or negative does not wait
     * @param <F> the type of the futures
     * @return all that have completed by then, and the others, in the order given; if it took too long, none has
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <F extends CompletableFuture<?>> Split<F> waitFirst(Collection<? extends F> futures, Duration timeout)
            throws InterruptedException {
        Set<F> distinct = distinct(futures);
        if (distinct.stream().anyMatch(CompletableFuture::isDone)) {
            return split(distinct);
        }
        return await(distinct, Math.min(1, distinct.size()), false, timeout);
    }

    /**
     * Waits until one has failed or was cancelled, or all have completed.
     *
     * @param futures the futures; of none, nothing is waited for
     * @param <F> the type of the futures
     * @return all that have completed by then, and the others, in the order given
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <F extends CompletableFuture<?>> Split<F> waitFirstFailure(Collection<? extends F> futures)
            throws InterruptedException {
        return waitFirstFailure(futures, FOR_EVER);
    }

    /**
     * Waits until one has failed or was cancelled, or all have completed, for a bounded time.
     *
     * @param futures the futures; of none, nothing is waited for
     * @param timeout how long at most; zero or negative does not wait
     * @param <F> the type of the futures
     * @return all that have completed by then, and the others, in the order given
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <F extends CompletableFuture<?>> Split<F> waitFirstFailure(
            Collection<? extends F> futures, Duration timeout) throws InterruptedException {
        Set<F> distinct = distinct(futures);
        return await(distinct, distinct.size(), true, timeout);
    }

    /**
     * Waits until all have completed.
     *
     * @param futures the futures; of none, nothing is waited for
     * @param <F> the type of the futures
     * @return all that have completed by then, and the others, in the order given
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <F extends CompletableFuture<?>> Split<F> waitAll(Collection<? extends F> futures)
            throws InterruptedException {
        return waitAll(futures, FOR_EVER);
    }

    /**
     * Waits until all have completed, for a bounded time.
     *
     * @param futures the futures; of none, nothing is waited for
     * @param timeout how long at most; zero or negative does not wait
     * @param <F> the type of the futures
     * @return all that have completed by then, and the others, in the order given
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static <F extends CompletableFuture<?>> Split<F> waitAll(Collection<? extends F> futures, Duration timeout)
            throws InterruptedException {
        Set<F> distinct = distinct(futures);
        return await(distinct, distinct.size(), false, timeout);
    }

    /**
     * The futures in the order in which they complete, each once; those that have completed already come first.
     *
     * @param futures the futures
     * @param <F> the type of the futures
     * @return gives futures, which have completed; what they failed with is theirs to tell. Closing it leaves the others as they are
     */
    public static <F extends CompletableFuture<?>> Results<F> asCompleted(Collection<? extends F> futures) {
        return new Results<>(new CompletedFutures<>(Futures.<F>distinct(futures)), null);
    }

    private static <F extends CompletableFuture<?>> Set<F> distinct(Collection<? extends F> futures) {
        Set<F> distinct = new LinkedHashSet<>(requireNonNull(futures, "futures"));
        distinct.forEach(future -> requireNonNull(future, "a future"));
        return distinct;
    }

    private static <F extends CompletableFuture<?>> Split<F> await(
            Set<F> futures, int count, boolean failureEnds, Duration timeout) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(requireNonNull(timeout, "timeout"));
        if (count > 0 && nanos > 0) {
            CountDownLatch latch = new CountDownLatch(count);
            List<Dependent> dependents = new ArrayList<>(futures.size());
            for (F future : futures) {
                dependents.add(new Dependent(future, failure -> {
                    latch.countDown();
                    while (failureEnds && failure != null && latch.getCount() > 0) {
                        latch.countDown();
                    }
                }));
            }
            try {
                Arrival.await(latch, nanos);
            } finally {
                dependents.forEach(Dependent::remove);
            }
        }
        return split(futures);
    }

    private static <F extends CompletableFuture<?>> Split<F> split(Set<F> futures) {
        Set<F> done = new LinkedHashSet<>();
        Set<F> notDone = new LinkedHashSet<>();
        futures.forEach(future -> (future.isDone() ? done : notDone).add(future));
        return new Split<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(notDone));
    }
}
