package io.procession.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives what arrives on a link. Called on threads of the transport, and on those in {@link Link#receiveHere}, never by two at once for one link; must not block and runs no
 * code of the user. What it throws is a defect: the link is closed with it as the cause.
 */
public interface LinkHandler {
    /**
     * A frame arrived. Frames arrive whole and in the order in which they were sent.
     *
     * @param link the link
     * @param frame the frame from its first byte (its length) to its last; big-endian; belongs to the transport again when this method returns
     */
    void onFrame(Link link, ByteBuffer frame);

    /**
     * Frames that could not be written at once have been written since. May be called less often than once a frame, and not at
     * all for frames that were written before {@link Link#send} returned.
     *
     * @param link the link
     * @param position the value that {@link Link#written()} has reached
     */
    void onWritten(Link link, long position);

    /**
     * The link has ended: called exactly once and last, on a thread of the transport, however the link ended, also when this side closed it. If the peer closed it, every
     * frame it had {@linkplain Link#written() written} was delivered before; if it died, see {@link Capability#DELIVERS_AFTER_DEATH}.
     *
     * @param link the link
     * @param cause what broke it; null if the peer or this side closed it, or the peer's process ended
     */
    void onClosed(Link link, @Nullable Throwable cause);
}
