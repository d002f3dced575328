package io.procession.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Queue} that knows when everything put into it has been dealt with: whoever took an item says {@link #taskDone()} when he has finished with it, and {@link #join()} waits until
 * that was said for every item. The counterpart of Python's {@code multiprocessing.JoinableQueue}.
 *
 * <p><b>When a taker dies.</b> Items that it had taken and for which {@code taskDone} was not called count as done from then on, so that nobody waits for ever; they do not come again, because they
 * were taken. {@code join} does not pass over that: it fails with an {@link AbandonedItemsException} which says how many there were and who had them. Which items
 * {@code taskDone} is for is not said, so a process that dies is taken to have finished as many of its items as it called {@code taskDone} for: let the process
 * that took an item say so, or stay until all is done. An item that could not be
 * decoded was taken, and {@code taskDone} is due for it as well.
 *
 * <p>After {@link #shutdown()} the count goes on: {@code join} returns when what was there has been taken and done. {@link #shutdownNow()} takes the dropped items off the count; those that were
 * taken before stay on it.
 *
 * @param <T> what the items are
 */
public sealed interface JoinableQueue<T extends @Nullable Object> extends Queue<T> permits FamilyJoinableQueue {
    /**
     * Creates a queue that takes any number of items, as far as the memory of this process goes. {@link Queue.Builder#createJoinable()} has more options.
     *
     * @param <T> what the items are
     * @return a queue that this process owns
     * @throws IllegalStateException if no transport can be used; the text says why and what to add
     */
    static <T extends @Nullable Object> JoinableQueue<T> create() {
        return Queue.<T>builder().createJoinable();
    }

    /**
     * Says that one item that was taken is done. Any thread of any process may say it.
     *
     * @throws IllegalStateException if no item is unfinished
     * @throws InterruptedException if the thread was interrupted while it waited for the owner's answer; the item counts as done all the same, if one was unfinished
     * @throws QueueClosedException if the queue has ended
     */
    void taskDone() throws InterruptedException;

    /**
     * Says that some items that were taken are done, with one message to the owner.
     *
     * @param items how many, at least 1
     * @throws IllegalArgumentException if it is less than 1
     * @throws IllegalStateException if fewer items are unfinished; then the count stays as it was
     * @throws InterruptedException if the thread was interrupted while it waited for the owner's answer; the items count as done all the same, if so many were unfinished
     * @throws QueueClosedException if the queue has ended
     */
    void taskDone(int items) throws InterruptedException;

    /**
     * Waits until every item that was put is done. What this process has put counts; so does what another has put before it told this one so through the same owner.
     *
     * @throws AbandonedItemsException if some of them are only because their taker died; told once, to all who waited then or the first who comes later
     * @throws InterruptedException if the thread was interrupted
     * @throws QueueClosedException if the queue has ended
     */
    void join() throws InterruptedException;

    /**
     * As {@link #join()}, for a bounded time.
     *
     * @param timeout how long at most; zero or less asks and does not wait
     * @return false if it was too short
     * @throws AbandonedItemsException if some items are done only because their taker died; told once, to all who waited then or the first who comes later
     * @throws InterruptedException if the thread was interrupted
     * @throws QueueClosedException if the queue has ended
     */
    boolean join(Duration timeout) throws InterruptedException;
}
