package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.internal.connection.Deadline;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Results as they come, to be taken in a {@code for} loop, one by one with a time limit, or as a stream; each can be taken once.
 * The counterpart of what Python's {@code imap}, {@code imap_unordered}, {@code Executor.map} and {@code as_completed} return.
 *
 * <p><b>Threads.</b> For one thread at a time; only {@link #close()} may be called by any. {@link #next()} waits without limit; when the thread is
 * interrupted it throws a {@link CompletionException} whose cause is an {@link InterruptedException}, with the thread's interrupt status set, and
 * the result can still be got.
 *
 * <p><b>Closing.</b> One that has given all its results is closed. One that is left before, by a {@code break} or an exception, should be closed: what is
 * still to come is then cancelled, and {@link #hasNext()} is false. Closing does not wait. One that becomes unreachable is closed.
 *
 * @param <R> the type of the results
 */
public final class Results<R extends @Nullable Object> implements Iterable<R>, AutoCloseable {
    private static final class Abandoned {
        static final Cleaner CLEANER = Cleaner.create();
    }

    private final Source<R> source;

    /** Stays reachable as long as this: a pool, which would close otherwise. */
    @SuppressWarnings("unused")
    private final @Nullable Object owner;

    private final Cleaner.Cleanable closing;

    /** Where results come from. Used by one thread, but for {@code close}. Must not hold the {@link Results} in front of it. */
    interface Source<R extends @Nullable Object> {
        /** Whether there is, or will be, another; may have to wait for an input to know. */
        boolean hasNext(Deadline deadline) throws InterruptedException, TimeoutException;

        /** The next, of which {@link #hasNext} has just said that it is there or will be. */
        R next(Deadline deadline) throws InterruptedException, TimeoutException;

        /** Idempotent, called by any thread, does not wait. */
        void close();
    }

    Results(Source<R> source, @Nullable Object owner) {
        this.source = source;
        this.owner = owner;
        this.closing = Abandoned.CLEANER.register(this, source::close);
    }

    /**
     * Whether there is another result, or a failure for {@link #next()} to throw. Does not wait for a result; a map may have to wait for its input to know.
     *
     * @return false if all have been given, or this was closed
     * @throws CompletionException if the calling thread was interrupted while it waited for the input
     */
    public boolean hasNext() {
        try {
            return hasNext(Deadline.after(null));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (TimeoutException e) {
            throw new AssertionError("there is no limit", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private boolean hasNext(Deadline deadline) throws InterruptedException, TimeoutException {
        boolean more = source.hasNext(deadline);
        if (!more) {
            closing.clean();
        }
        return more;
    }

    private static CompletionException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CompletionException("interrupted while waiting for a result", e);
    }

    /**
     * The next result; waits for it.
     *
     * @return the result. Instead of one, the failure of an item is thrown as {@link Pool#map} throws it; those behind it can still be got
     * @throws NoSuchElementException if there is none any more
     * @throws CompletionException if the calling thread was interrupted, or the failure is a checked exception, which then is the cause
     */
    public R next() {
        try {
            return take(null);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (TimeoutException e) {
            throw new AssertionError("there is no limit", e);
        }
    }

    /**
     * The next result; waits for it no longer than this. A result that comes too late is given by the next call.
     *
     * @param timeout how long; zero or negative does not wait
     * @return the result; failures as from {@link #next()}
     * @throws TimeoutException if it was not there in time
     * @throws InterruptedException if the calling thread was interrupted; the result can still be got
     * @throws NoSuchElementException if there is none any more
     */
    public R next(Duration timeout) throws InterruptedException, TimeoutException {
        return take(requireNonNull(timeout, "timeout"));
    }

    private R take(@Nullable Duration timeout) throws InterruptedException, TimeoutException {
        try {
            Deadline deadline = Deadline.after(timeout);
            if (!hasNext(deadline)) {
                throw new NoSuchElementException("there are no more results");
            }
            return source.next(deadline);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * What is still to come, for a {@code for} loop.
     *
     * @return an iterator over this: a second one goes on where the first stopped
     */
    @Override
    public Iterator<R> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return Results.this.hasNext();
            }

            @Override
            public R next() {
                return Results.this.next();
            }
        };
    }

    /**
     * What is still to come, as a sequential stream.
     *
     * @return a stream that closes this when it is closed
     */
    public Stream<R> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false)
                .onClose(this::close);
    }

    /** Cancels what is still to come. Idempotent; does not wait. */
    @Override
    public void close() {
        closing.clean();
    }
}
