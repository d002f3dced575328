package io.procession.transport;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * A connection between two processes that carries frames both ways. Safe for all threads.
 *
 * <p>Sending never blocks: a frame that cannot be written at once is queued, and the caller decides by the distance between
 * {@link #send} and {@link #written()} whether to go on. That keeps interrupts and timeouts in the hands of the caller although
 * some channels (FIFOs) know neither.
 */
public interface Link extends AutoCloseable {
    /**
     * Sends one frame, made of the remaining bytes of the parts in order. Does not block. The parts' contents belong to the link until
     * {@link #written()} has reached the returned position or {@link LinkHandler#onClosed} was called, and must not change until then;
     * the buffers' own positions and limits stay as they are, so one buffer may be sent on several links.
     *
     * @param parts the frame; its first four bytes are its {@linkplain FrameLength length}, which must be right and at most
     *     {@link #maxFrameBytes()}
     * @return the position of this frame: 1 for the first frame of the link, then 2, ...; frames sent on a closed link get a position
     *     that {@link #written()} never reaches
     * @throws IllegalArgumentException if the length is wrong or too large; the link is not harmed
     */
    long send(ByteBuffer... parts);

    /**
     * How far frames have left this process.
     *
     * @return the position up to which all frames are in the kernel or in shared memory, so that they survive a {@code kill -9} of this
     *     process
     */
    long written();

    /**
     * The largest frame this link takes.
     *
     * @return bytes, at least 4 KiB; the same at every call
     */
    int maxFrameBytes();

    /**
     * Stops reading, so that the peer meets back-pressure. A frame or two already read may still be delivered, but none after the
     * running call when it is the handler who pauses. While frames wait behind a pause the end of the peer waits behind them; only
     * {@link #close} on this side does not.
     */
    void pause();

    /** Reads on. */
    void resume();

    /**
     * Receives on the calling thread, which waits for something that is about to arrive, instead of on a thread of the transport: that saves waking one thread that
     * wakes another. Frames are delivered to the {@linkplain LinkHandler handler} as ever, in order and never by two threads at once. Looks for the given time at most, lets others have the core in between, and never
     * blocks; is indifferent to interrupts. A link that cannot do this now, or not at all, says so at once by returning false; it may be able to the next time, when it has seen
     * that it is wanted. When this has returned, what arrives next may be delivered later by a fraction of a millisecond, unless somebody receives it so as well, or has
     * {@linkplain #expectAnswer() told} that it will be waited for.
     *
     * @param arrived whether what is waited for has come; asked often; does not block
     * @param nanos for how long at most
     * @return whether it has come; if not, a thread of the transport receives
     */
    default boolean receiveHere(BooleanSupplier arrived, long nanos) {
        return false;
    }

    /**
     * Tells that what was sent, or is about to be, will be answered to somebody who does not {@linkplain #receiveHere receive} it himself, so that it should be delivered at once. Never
     * blocks. Nothing to do for a link whose own threads always receive.
     */
    default void expectAnswer() {}

    /**
     * Ends the link: frames not yet written are dropped, as is what arrived and was not delivered yet; the peer sees the end after what
     * was written. Idempotent, does not block. {@link LinkHandler#onClosed} follows on a thread of the transport.
     */
    @Override
    void close();
}
