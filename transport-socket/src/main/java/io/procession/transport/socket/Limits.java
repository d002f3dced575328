package io.procession.transport.socket;

import java.time.Duration;

/**
 * What a listener allows those who have not proved who they are.
 *
 * @param strangers how many at once; one more and the one who has been there longest goes, so that nobody can hold the door shut
 * @param handshake how long they may take altogether, however they fill it
 * @param threads how many links may have a thread of their own at once; those beyond share a few
 */
record Limits(int strangers, Duration handshake, int threads) {
    static final Limits USUAL = new Limits(128, Duration.ofSeconds(10), 8);
}
