package io.procession.transport.gather;

/**
 * Decides when a frame is written: at once, or together with those that follow it. A write costs about the same whatever its size; a frame that is kept waiting costs
 * its sender the time until somebody comes for it. So frames are written one by one, until a row of them shows that their sender waits for none. From then on they gather, until
 * there are enough for a write or somebody comes for them, at each tick of a clock. That pays if more come between two ticks than could have been written one by one in that time. If not, their senders
 * do wait for each, or have no more to say: then frames are written at once again, and it takes ever longer rows until that is tried once more.
 *
 * <p>For one thread at a time.
 */
public final class Pace {
    /** Frames that follow each other within this time are a row: less than most answers take from another process and back. */
    private static final long ROW_NANOS = 20_000;

    private static final int FIRST_ROW = 16;
    /** A sender that waits for each frame is kept waiting for one in so many. */
    private static final int LONGEST_ROW = 1024;

    private final int worthATick;

    private int allowed = FIRST_ROW;
    private int row;
    private long lastNanos;
    private boolean gathering;
    private boolean paid;
    private int gathered;

    /**
     * A pace at which every frame goes alone, until they come fast.
     *
     * @param worthATick so many frames cost as much to write one by one as the time between two ticks
     */
    public Pace(int worthATick) {
        this.worthATick = worthATick;
    }

    /**
     * A frame is sent.
     *
     * @param nowNanos the time, as {@link System#nanoTime} tells it
     * @return whether it is to be written now, unless others wait already
     */
    public boolean writesNow(long nowNanos) {
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

    /**
     * Whether frames are kept until there are enough of them, or until the next tick.
     *
     * @return false if each goes by itself
     */
    public boolean gathers() {
        return gathering;
    }

    /** One more was kept. */
    public void kept() {
        gathered++;
    }

    /**
     * Some time has passed since frames began to gather, or since the last tick.
     *
     * @return whether they still gather
     */
    public boolean tick() {
        if (gathered >= worthATick) {
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
