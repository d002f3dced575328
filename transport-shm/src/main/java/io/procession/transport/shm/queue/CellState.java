package io.procession.transport.shm.queue;

/**
 * The first word of a cell, the only place where it is written what the cell is and whose.
 *
 * <pre>
 *   63                    28 27        16 15         4    3      2  0
 *   +-----------------------+------------+------------+--------+-----+
 *   | version               | turn       | owner      | passed |phase|
 *   +-----------------------+------------+------------+--------+-----+
 *
 *   free v --allocate--&gt; owned v --link, help--&gt; queued v --claim--&gt; claimed v --commit--&gt; done v --head passes--&gt; free v+1
 *                          |                                 ^   |
 *                          +--give up, death--&gt; free v+1     |   +--give back, death--&gt; returned v, turn+1
 *                                                            +------------claim------------+
 * </pre>
 *
 * <p><i>Passed</i> says that the head of the list has left the cell behind; a claimed cell that was passed becomes free at once when it is committed. The version counts the uses of a cell, the turn how
 * often an item came back in one use, so that no word ever comes again under the eyes of a process that was stopped (see the proof for how long that holds).
 */
final class CellState {
    static final int FREE = 0;
    static final int OWNED = 1;
    static final int QUEUED = 2;
    static final int CLAIMED = 3;
    static final int RETURNED = 4;
    static final int DONE = 5;

    /** The highest number of an owner; 0 is nobody. */
    static final int MAX_OWNER = (1 << 12) - 1;

    private static final long PHASE = 7;
    private static final long PASSED = 1 << 3;
    private static final int OWNER_SHIFT = 4;
    private static final int TURN_SHIFT = 16;
    private static final long TURN = (1 << 12) - 1;
    private static final int VERSION_SHIFT = 28;

    private CellState() {}

    static int phase(long state) {
        return (int) (state & PHASE);
    }

    static int owner(long state) {
        return (int) (state >>> OWNER_SHIFT) & MAX_OWNER;
    }

    static long version(long state) {
        return state >>> VERSION_SHIFT;
    }

    static boolean isPassed(long state) {
        return (state & PASSED) != 0;
    }

    static long owned(long free, int owner) {
        return withPhase(free, OWNED) | ((long) owner << OWNER_SHIFT);
    }

    static long queued(long owned) {
        return withPhase(owned, QUEUED);
    }

    static long claimed(long queuedOrReturned, int owner) {
        return withPhase(queuedOrReturned, CLAIMED) | ((long) owner << OWNER_SHIFT);
    }

    static long returned(long claimed) {
        long turn = ((claimed >>> TURN_SHIFT) + 1) & TURN;
        return (withPhase(claimed, RETURNED) & ~(TURN << TURN_SHIFT)) | (turn << TURN_SHIFT);
    }

    static long passed(long state) {
        return state | PASSED;
    }

    /** After the commit: done as long as the list needs the cell, else free. */
    static long committed(long claimed) {
        return isPassed(claimed) ? freed(claimed) : withPhase(claimed, DONE);
    }

    static long freed(long state) {
        return (version(state) + 1) << VERSION_SHIFT;
    }

    /** Whether nobody reads any more what the cell held in one use: it was taken for good, or never put. */
    static boolean isPast(long state, long version) {
        return version(state) != version || phase(state) == DONE || phase(state) == FREE;
    }

    /** Whether two words are of the same claim by the same owner; the head may have passed in between. */
    static boolean isSameClaim(long one, long other) {
        return phase(one) == CLAIMED && (one | PASSED) == (other | PASSED);
    }

    private static long withPhase(long state, int phase) {
        return (state & ~(PHASE | ((long) MAX_OWNER << OWNER_SHIFT))) | phase;
    }
}
