package io.procession.pool;

import java.time.Duration;

/** Workers that ended, or could not be launched, before they were ready. Guarded by the {@link Scheduler}'s lock. */
final class StartFailures {
    /** After so many in a row, and with no worker left, there is no hope. */
    static final int MOST = 3;

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final int MOST_DOUBLINGS = 9;

    private int inARow;

    void failed() {
        inARow++;
    }

    void succeeded() {
        inARow = 0;
    }

    boolean isHopeless() {
        return inARow >= MOST;
    }

    /** How long to wait before the next is tried: not at all at first, half a minute in the end, so that what fails again and again costs little. */
    Duration pause() {
        return inARow == 0
                ? Duration.ZERO
                : Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(inARow - 1, MOST_DOUBLINGS));
    }
}
