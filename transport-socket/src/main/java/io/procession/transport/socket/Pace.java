package io.procession.transport.socket;

/**
 * Decides when a frame is written: at once, or together with those that follow it. A write costs some microseconds, whatever its size; a frame that is kept waiting costs
 * its sender the time until somebody comes for it. So frames are written one by one, until a row of them shows that their sender waits for none. From then on they gather, until
 * there are enough for a write or the {@link Ticker} comes. That pays if more come between two ticks than could have been written one by one in that time. If not, their senders
 * do wait for each, or have no more to say: then frames are written at once again, and it takes ever longer rows until that is tried once more.
 *
 * <p>Guarded by the monitor of its {@link FrameWriter}.
 */
final class Pace {
    /** Frames that follow each other within this time are a row: less than most answers take from another process and back. */
    private static final long ROW_NANOS = 20_000;

    private static final int FIRST_ROW = 16;
    /** A sender that waits for each frame is kept waiting for one in so many. */
    private static final int LONGEST_ROW = 1024;
    /** So many frames cost as much to write as the time between two ticks. */
    private static final int WORTH_A_TICK = 32;

    private int allowed = FIRST_ROW;
    private int row;
    private long lastNanos;
    private boolean gathering;
    private boolean paid;
    private int gathered;

    /** A frame is sent: whether it is to be written now, unless others wait already. */
    boolean writesNow(long nowNanos) {
        if (nowNanos - lastNanos < ROW_NANOS) {
            row++;
        } else {
            row /= 2; // not none: on a busy machine every row is interrupted
        }
        lastNanos = nowNanos;
        if (row < allowed) {
            return true;
        }
        gathering = true;
        paid = false;
        gathered = 0;
        return false;
    }

    /** Whether frames are kept until there are enough of them, or until the next tick. */
    boolean gathers() {
        return gathering;
    }

    /** One more was kept. */
    void kept() {
        gathered++;
    }

    /** Some time has passed since frames began to gather, or since the last tick; whether they still do. */
    boolean tick() {
        if (gathered >= WORTH_A_TICK) {
            paid = true;
            gathered = 0;
            return true;
        }
        allowed = paid ? FIRST_ROW : Math.min(2 * allowed, LONGEST_ROW);
        row = 0;
        gathering = false;
        return false;
    }
}
