package io.procession.transport;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * A way for frames to travel between processes, found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public no-argument constructor that does nothing that could fail or take time: a provider is created
 * only to be asked. All methods may be called from any thread.
 */
public interface Transport {
    /**
     * The name by which users choose this transport.
     *
     * @return a short lower-case word such as {@code pipe}; unique among the transports of a program
     */
    String id();

    /**
     * Whether this transport can work on this machine, in this process.
     *
     * @return usable, or the reason why not and what to do, in words for the user; never throws
     */
    Availability availability();

    /**
     * What this transport can do beyond the contract that all share.
     *
     * @return the same set at every call
     */
    Set<Capability> capabilities();

    /**
     * Opens a place to which other processes of the family can connect. Not interruptible, since it waits for nobody.
     *
     * @param site the private directory and the name this process lends to the transport
     * @param acceptor asked for a handler for each link that arrives, on a thread of the transport
     * @return the open listener; its owner closes it
     * @throws IOException if the place cannot be made; the text says what was tried
     */
    LinkListener listen(TransportSite site, LinkAcceptor acceptor) throws IOException;

    /**
     * Connects to a listener of another process (or of this one). Blocks until the link is usable both ways, which means that the
     * other side has accepted it: a frame sent after this method returned is seen by the listener's handler, even if this process
     * dies immediately after {@link Link#written()} has reached it.
     *
     * @param address where to connect, as the listener told it
     * @param site the private directory and the name this process lends to the transport
     * @param handler receives the frames and the end of the link, on a thread of the transport
     * @param timeout how long to wait at most; must be positive
     * @return the open link; its owner closes it
     * @throws IllegalArgumentException if the address is of another transport, or the timeout is not positive
     * @throws IOException if nobody listens there (any more), or the other side refused or died meanwhile
     * @throws InterruptedException if the calling thread was interrupted, before or during the call; nothing is left open
     * @throws TimeoutException if the other side did not answer in time; nothing is left open
     */
    Link connect(TransportAddress address, TransportSite site, LinkHandler handler, Duration timeout)
            throws IOException, InterruptedException, TimeoutException;

    /**
     * Checks the time that {@link #connect} is given, for every transport in the same words.
     *
     * @param timeout what was given
     * @throws IllegalArgumentException if it is zero or negative; the text says what it is, in seconds
     */
    static void checkTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            BigDecimal seconds = BigDecimal.valueOf(timeout.getSeconds()).add(BigDecimal.valueOf(timeout.getNano(), 9));
            throw new IllegalArgumentException("the timeout must be positive, and is "
                    + seconds.stripTrailingZeros().toPlainString() + " s; give the other side at least some ms");
        }
    }
}
