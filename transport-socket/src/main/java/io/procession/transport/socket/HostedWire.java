package io.procession.transport.socket;

/** A wire to somebody who has been let in. Its link does nothing, and nobody is called by it, before it begins. */
interface HostedWire extends Wire {
    /** Its link. */
    SocketLink link();

    /** Lets frames go, after bytes that come before all of them, and serves the link. If that is not possible, the link ends and its handler is told. */
    void begin(byte[] greeting);

    /** Ends what has not begun and will not. */
    void discard();
}
