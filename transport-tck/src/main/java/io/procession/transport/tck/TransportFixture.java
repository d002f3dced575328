package io.procession.transport.tck;

import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** What the contracts must know of a transport, and what it lets them do to it. */
@FunctionalInterface
public interface TransportFixture {
    /**
     * Makes the transport under test.
     *
     * @return a new instance; child JVMs make theirs by the public no-argument constructor of the same class
     */
    Transport transport();

    /**
     * The ways below the SPI that this fixture opens. Contracts that need another one do not exist for this transport.
     *
     * @return the same set at every call; empty unless overridden
     */
    default Set<Hook> hooks() {
        return Set.of();
    }

    /**
     * Ends one end of a link as the sudden death of its process would, without the death: nothing more is written, read or told on
     * this side, and whatever the kernel closes at a death is closed. Called if {@link Hook#ABANDON} is offered.
     *
     * @param link the end that dies, of {@link #transport()}
     * @throws IOException if that went wrong
     */
    default void abandon(Link link) throws IOException {
        throw new UnsupportedOperationException("this fixture offers no way to abandon a link");
    }

    /**
     * Reaches a listener without the transport's own client. Called if {@link Hook#RAW_PEER} is offered.
     *
     * @param address the listener
     * @param site the private directory, and a name for this peer
     * @param greeted whether the peer has gone through what an honest client does first, so that its next byte is taken for a frame; if
     *     not, it has done no more than make contact
     * @param timeout how long to wait at most
     * @return the peer, which the contract closes
     * @throws IOException if the listener cannot be reached
     */
    default RawPeer rawPeer(TransportAddress address, TransportSite site, boolean greeted, Duration timeout)
            throws IOException {
        throw new UnsupportedOperationException("this fixture offers no raw peer");
    }
}
