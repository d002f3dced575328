package io.procession.transport.tck;

/** A way below the SPI that a fixture opens to the contracts. */
public enum Hook {
    /** {@link TransportFixture#abandon} works. */
    ABANDON,
    /** {@link TransportFixture#rawPeer} works. */
    RAW_PEER
}
