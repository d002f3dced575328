package io.procession.transport;

/** What a transport may be able to do beyond the contract that all share. Contract tests ask for it; they are never skipped by hand. */
public enum Capability {
    /** Links reach other processes on this host. A transport without it serves tests inside one process only. */
    CROSS_PROCESS,
    /** The end of the peer's process, even by {@code kill -9}, ends the link on this side at once. */
    PEER_DEATH,
    /** Frames the peer had handed to the kernel before it died still arrive. */
    DELIVERS_AFTER_DEATH
}
