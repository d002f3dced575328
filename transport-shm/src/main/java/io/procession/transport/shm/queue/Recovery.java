package io.procession.transport.shm.queue;

import java.util.function.LongConsumer;

/**
 * Puts right what the dead left. Any process may do it, any number at once, and each may die or be stopped over it. What a dead process had linked is in the queue; what it had not linked is gone, and its cell is
 * free; what it had claimed and not committed comes back.
 */
final class Recovery {
    private final QueueMemory memory;
    private final CellList list;
    private final Claims claims;
    private final CellPool pool;
    private final Slots slots;

    Recovery(QueueMemory memory, CellList list, Claims claims, CellPool pool, Slots slots) {
        this.memory = memory;
        this.list = list;
        this.claims = claims;
        this.pool = pool;
        this.slots = slots;
    }

    /**
     * Recovers all who have died; whether there was one.
     *
     * @param buried is told of each
     */
    boolean recoverDead(Liveness liveness, LongConsumer buried) {
        boolean found = false;
        for (int owner = 1; owner <= slots.highest(); owner++) {
            long incarnation = slots.incarnation(owner);
            if (incarnation != 0 && !liveness.isAlive(incarnation)) {
                recover(owner, incarnation);
                buried.accept(incarnation);
                found = true;
            }
        }
        return found;
    }

    /** Recovers one process that has died. */
    void recover(int owner, long incarnation) {
        list.settle(); // once for all that follows: a dead process links nothing more
        for (int cell = 0; cell < memory.cells(); cell++) {
            long state = memory.get(cell, CellLayout.STATE);
            if (CellState.owner(state) != owner) {
                continue;
            }
            // SYNC: the slot after the state; pairs with leave and join of Slots. If it is still the dead one's, the
            // state was.
            if (slots.incarnation(owner) != incarnation) {
                return; // somebody else has done it all, and the slot, with this cell, may be a living one's
            }
            if (CellState.phase(state) == CellState.OWNED) {
                pool.giveUp(cell, state);
            } else if (CellState.phase(state) == CellState.CLAIMED) {
                claims.comeBack(cell, state);
            }
        }
        claims.announceReturns(); // also if this one found none: who found them may have died before it said so
        slots.leave(owner, incarnation);
    }
}
