package io.procession.transport.shm.queue;

/**
 * Finds free cells by looking at them: there is no list of free cells that a death could tear. A cell that is done, and that the head has passed without letting it go, since who moved it was stopped there, is
 * let go here. One for each process; safe for all threads.
 */
final class CellPool {
    /** No cell is free: there must be more of them. */
    static final int NONE = -1;

    private final QueueMemory memory;
    private final CellList list;

    /** Where to look first. Cells become free in about the order in which they were taken, so the next one mostly is. Races only cost a look. */
    private int next;

    CellPool(QueueMemory memory, CellList list) {
        this.memory = memory;
        this.list = list;
    }

    /** Makes a free cell the property of a process; {@link #NONE} if every cell that there was had some use when it was looked at. */
    int allocate(int owner) {
        int cells = memory.cells();
        int start = next < cells ? next : 0;
        for (int looked = 0; looked < cells; looked++) {
            int cell = start + looked < cells ? start + looked : start + looked - cells;
            long state = memory.get(cell, CellLayout.STATE);
            if (CellState.phase(state) == CellState.DONE) {
                state = letGo(cell, state);
            }
            // SYNC: pairs with the step by which the cell became free: who had it before reads and writes it no more.
            if (CellState.phase(state) == CellState.FREE
                    && memory.compareAndSet(cell, CellLayout.STATE, state, CellState.owned(state, owner))) {
                next = cell + 1;
                return cell;
            }
        }
        return NONE;
    }

    /** Gives up a cell that is owned, unless it is linked; whether it was not. Nobody may be about to link it. */
    boolean giveUp(int cell, long owned) {
        list.settle(); // a cell that is linked and still called owned is called so no longer
        return memory.compareAndSet(cell, CellLayout.STATE, owned, CellState.freed(owned));
    }

    private long letGo(int cell, long done) {
        long number = memory.get(cell, CellLayout.NUMBER);
        if (!list.hasPassed(number)) {
            return done;
        }
        long freed = CellState.freed(done);
        // If this succeeds, the state was the same all the time, and the number that of this use.
        return memory.compareAndSet(cell, CellLayout.STATE, done, freed) ? freed : done;
    }
}
