package io.procession.transport.shm.queue;

import static io.procession.transport.shm.queue.QueueMemory.HEADER;

import org.jspecify.annotations.Nullable;

/** What becomes of claimed items: taken for good, or back for somebody else, to whom they come before all others. One for each process; safe for all threads. */
final class Claims {
    private final QueueMemory memory;

    /** What {@code returns} was before a search that found nothing. */
    private volatile long searched;

    Claims(QueueMemory memory) {
        this.memory = memory;
    }

    /** Takes the item for good, in one indivisible step; the cell must have been read before. False if the item is not this process's any more, which happens only to a process that was declared dead. */
    boolean commit(Claim claim) {
        while (true) {
            long state = memory.get(claim.cell(), CellLayout.STATE);
            if (!CellState.isSameClaim(state, claim.state())) {
                return false;
            }
            // SYNC: after the item was read; pairs with the reads of the state in CellPool.allocate and Extent.isOver,
            // after which others write there.
            if (memory.compareAndSet(claim.cell(), CellLayout.STATE, state, CellState.committed(state))) {
                return true;
            }
        }
    }

    /** Gives the item back. */
    void giveBack(Claim claim) {
        comeBack(claim.cell(), claim.state());
        announceReturns();
    }

    /** Gives back what an owner has claimed; whoever has done so announces it afterwards. */
    void comeBack(int cell, long claimed) {
        while (true) {
            long state = memory.get(cell, CellLayout.STATE);
            if (!CellState.isSameClaim(state, claimed)
                    || memory.compareAndSet(cell, CellLayout.STATE, state, CellState.returned(state))) {
                return;
            }
        }
    }

    /** Has every process search for items that came back. */
    void announceReturns() {
        // SYNC: after the items are back; pairs with the first read in claimReturned, which is before its search.
        long returns;
        do {
            returns = memory.get(HEADER, HeaderLayout.RETURNS);
        } while (!memory.compareAndSet(HEADER, HeaderLayout.RETURNS, returns, returns + 1));
    }

    /**
     * Claims an item that came back, the oldest of them, or null if there is none.
     *
     * @param thorough also if no return was announced: one who was stopped between a return and its announcement shall keep nobody waiting. Costs a look at each cell
     */
    @Nullable
    Claim claimReturned(int owner, boolean thorough) {
        // SYNC: before the search; pairs with announceReturns. What comes back during the search changes it again.
        long returns = memory.get(HEADER, HeaderLayout.RETURNS);
        if (returns == searched && !thorough) {
            return null;
        }
        while (true) {
            int oldest = oldestReturned();
            if (oldest < 0) {
                searched = returns;
                return null;
            }
            long state = memory.get(oldest, CellLayout.STATE);
            Claim claim = new Claim(oldest, CellState.claimed(state, owner));
            if (CellState.phase(state) == CellState.RETURNED
                    && memory.compareAndSet(oldest, CellLayout.STATE, state, claim.state())) {
                return claim;
            }
        }
    }

    /** How many items have come back and wait. Each cell is looked at once, so the number was right at no particular moment unless nothing moves. */
    long countReturned() {
        long count = 0;
        for (int cell = 0; cell < memory.cells(); cell++) {
            count += CellState.phase(memory.get(cell, CellLayout.STATE)) == CellState.RETURNED ? 1 : 0;
        }
        return count;
    }

    /**
     * Whether there is, of the items that the list has no more, one that is not taken for good. An item stays in its cell as long as that is so, whoever claims it and gives it back, so one look at each cell that asks for both
     * does not miss it; two that ask for one each would.
     */
    boolean isOneUntaken() {
        for (int cell = 0; cell < memory.cells(); cell++) {
            int phase = CellState.phase(memory.get(cell, CellLayout.STATE));
            if (phase == CellState.CLAIMED || phase == CellState.RETURNED) {
                return true;
            }
        }
        return false;
    }

    private int oldestReturned() {
        int oldest = -1;
        long smallest = Long.MAX_VALUE;
        for (int cell = 0; cell < memory.cells(); cell++) {
            if (CellState.phase(memory.get(cell, CellLayout.STATE)) == CellState.RETURNED) {
                long number = memory.get(cell, CellLayout.NUMBER);
                if (oldest < 0 || number < smallest) {
                    oldest = cell;
                    smallest = number;
                }
            }
        }
        return oldest;
    }
}
