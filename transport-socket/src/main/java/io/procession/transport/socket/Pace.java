package io.procession.transport.socket;

/**
 * Decides who writes a frame: the caller itself, at once, or the thread of the link, together with what comes meanwhile. A write costs the caller some
 * microseconds; to wake another thread costs the frame ten times that. So a single frame is written at once, and so is the beginning of a row of frames that
 * follow each other closely. What comes of the rest shows what kind of sender this is. If frames gather while the thread of the link is on its way, nobody waits for
 * each of them, and one write for all is what makes such a row fast: from then on rows are handed over early. If none gather, the sender waits for each frame, and
 * had better write it itself: it takes ever longer rows until that is tried again.
 *
 * <p>Guarded by the monitor of its {@link FrameWriter}.
 */
final class Pace {
    /** Frames that follow each other within this time are a row: less than any answer takes from another process and back. */
    private static final long ROW_NANOS = 20_000;

    private static final int SHORTEST_ROW = 4;
    private static final int FIRST_ROW = 16;
    private static final int LONGEST_ROW = 16 * 1024;
    /** So many make it worth while to have waited for them. */
    private static final int GATHERED = 4;
    /** So often the thread of the link may come for less, before the sender is believed to wait. */
    private static final int TRIES = 16;

    private int allowed = FIRST_ROW;
    private int row;
    private long lastNanos;
    private int inVain;

    /** Whether the caller writes the frame that it sends now. */
    boolean writesHere(long nowNanos) {
        if (nowNanos - lastNanos < ROW_NANOS) {
            row++;
        } else {
            endRow();
        }
        lastNanos = nowNanos;
        return row < allowed;
    }

    /** So many frames had gathered when the thread of the link came for them. */
    void found(int frames) {
        if (frames >= GATHERED) {
            allowed = SHORTEST_ROW;
            inVain = 0;
        } else if (++inVain == TRIES) {
            endRow();
        }
    }

    private void endRow() {
        if (inVain > 0) {
            allowed = Math.min(2 * Math.max(allowed, FIRST_ROW), LONGEST_ROW);
            inVain = 0;
        }
        row = 0;
    }
}
