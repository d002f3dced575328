package io.procession.transport;

import java.nio.ByteBuffer;

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
     * Ends the link: frames not yet written are dropped, as is what arrived and was not delivered yet; the peer sees the end after what
     * was written. Idempotent, does not block. {@link LinkHandler#onClosed} follows on a thread of the transport.
     */
    @Override
    void close();
}
