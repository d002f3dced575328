package io.procession.transport.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out queue of byte sequences on which every process works by itself. Safe for all threads.
 *
 * <p>A process that dies or is stopped, wherever, holds up nobody who does not need it: what it had put is there, what it was putting never comes, what it had been given and not committed comes to
 * somebody else after its death.
 */
public interface SharedQueue {
    /** What came of a wait. */
    enum Outcome {
        /** What was asked for. */
        DONE,
        /** The time was too short. */
        LATE,
        /** The queue was shut down: nothing can be put; or nothing can come any more. */
        SHUT_DOWN,
        /** The queue has ended, or this process has left it. */
        ENDED
    }

    /**
     * What came of a take.
     *
     * @param item null unless the outcome is {@link Outcome#DONE}
     * @param outcome how it went
     */
    record Take(@Nullable SharedItem item, Outcome outcome) {}

    /**
     * Puts an item. Once this returned {@link Outcome#DONE} it survives this process.
     *
     * @param item its bytes in order, from the positions to the limits of the buffers, which stay as they are; read only until this returns
     * @param waitNanos how long to wait for room at most; zero or less does not wait
     * @return how it went
     * @throws InterruptedException if the thread was interrupted while it waited; the item is not put
     * @throws IOException if there is no memory for it; it is not put
     * @throws IllegalArgumentException if it is larger than the queue
     */
    Outcome put(List<ByteBuffer> item, long waitNanos) throws InterruptedException, IOException;

    /**
     * Takes an item; it is to be committed or given back.
     *
     * @param waitNanos how long to wait for one at most; zero or less does not wait
     * @return the item, or why there is none
     * @throws InterruptedException if the thread was interrupted while it waited; nothing is taken
     * @throws IOException if an item cannot be read now; it is there for the next who takes. One that can never be read again is given, and {@link SharedItem#bytes} says so
     */
    Take take(long waitNanos) throws InterruptedException, IOException;

    /**
     * How many items wait to be taken, at one moment.
     *
     * @return the number
     */
    long size();

    /**
     * How much it holds.
     *
     * @return as it was made
     */
    QueueBound bound();

    /**
     * Lets nothing more be put, in one moment for all processes, and tells all who wait. Never waits for another process.
     *
     * @param immediate whether what is in it is dropped as well: nothing more is taken
     */
    void shutDown(boolean immediate);

    /** A process that used the queue has died: what it had been given comes back now rather than when somebody notices. Does not wait. */
    void recover();

    /** This process uses the queue no more: who waits here, and who comes later, is told {@link Outcome#ENDED}. Others are not concerned. Idempotent; does not wait. */
    void leave();

    /** Ends the queue for all processes, and removes it. For its owner. Idempotent; does not wait. */
    void end();

    /** Removes what others would attach to; who is attached keeps what he has. For an owner that exits, or whoever finds it dead. Idempotent. */
    void remove();

    /**
     * Whether the owner has ended it.
     *
     * @return true after {@link #end}, in every process
     */
    boolean hasEnded();
}
