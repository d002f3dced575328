package io.procession.transport.socket;

import java.time.Duration;

/**
 * What a listener allows those who have not proved who they are.
 *
 * @param strangers how many at once; one more and the one who has been there longest goes, so that nobody can hold the door shut
 * @param handshake how long they may take altogether, however they fill it
 */
record Limits(int strangers, Duration handshake) {
    static final Limits USUAL = new Limits(128, Duration.ofSeconds(10));
}
