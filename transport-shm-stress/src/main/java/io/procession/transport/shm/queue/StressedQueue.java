package io.procession.transport.shm.queue;

import org.jspecify.annotations.Nullable;

/** A queue of numbers in {@link DirectCells}. */
final class StressedQueue {
    private final DirectCells memory = new DirectCells();
    private final CellList list;
    final CellPool pool;
    final Claims claims = new Claims(memory);

    StressedQueue(Bound bound) {
        list = new CellList(memory, bound);
        list.initialize();
        pool = new CellPool(memory, list);
    }

    boolean put(int owner, long item) {
        int cell = pool.allocate(owner);
        long owned = memory.get(cell, CellLayout.STATE);
        memory.set(cell, CellLayout.ITEM_BYTES, Long.BYTES);
        memory.item(cell, item);
        boolean put = list.link(cell, owned) == CellList.Linking.LINKED;
        if (!put) {
            pool.giveUp(cell, owned);
        }
        return put;
    }

    @Nullable
    Claim claim(int owner) {
        Claim claim = claims.claimReturned(owner, false);
        return claim == null ? list.claim(owner) : claim;
    }

    /** An item, or 0 if there is none. */
    long take(int owner) {
        Claim claim = claim(owner);
        if (claim == null) {
            return 0;
        }
        long item = memory.item(claim.cell());
        return claims.commit(claim) ? item : -1;
    }

    long size() {
        return list.size();
    }

    /** How many cells are free, all of which are not afterwards. */
    int allocateAll() {
        int free = 0;
        while (pool.allocate(1) != CellPool.NONE) {
            free++;
        }
        return free;
    }
}
