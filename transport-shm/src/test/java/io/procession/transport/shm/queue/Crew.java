package io.procession.transport.shm.queue;

import java.util.List;
import java.util.function.Consumer;

/** The algorithm as one process has it, over any memory, and what processes do with it. Notes what has happened for certain. */
final class Crew {
    /** In the place of a size. */
    private static final long IN_EXTENT = 99;

    final CellList list;
    final CellPool pool;
    final Claims claims;
    final Recovery recovery;
    private final QueueMemory memory;
    private final Liveness liveness;
    private final List<String> notes;
    private final Slots slots;
    private final Sleepers sleepers;
    private int owner;

    Crew(QueueMemory memory, Liveness liveness, List<String> notes, Bound bound, int owner) {
        this.memory = memory;
        this.liveness = liveness;
        this.notes = notes;
        this.owner = owner;
        this.list = new CellList(memory, bound);
        this.pool = new CellPool(memory, list);
        this.claims = new Claims(memory);
        this.slots = new Slots(memory, ModelWords.SLOTS);
        this.sleepers = new Sleepers(memory, slots, HeaderLayout.WAITS_FOR_ITEM);
        this.recovery = new Recovery(memory, list, claims, pool, slots);
    }

    /** Puts an item, which is its own size. */
    void put(int item) {
        notes.add("putting " + item);
        int cell = pool.allocate(owner);
        if (cell == CellPool.NONE) {
            notes.add("no cell " + item);
            return;
        }
        long owned = memory.get(cell, CellLayout.STATE);
        memory.set(cell, CellLayout.ITEM_BYTES, item);
        CellList.Linking linking = list.link(cell, owned);
        if (linking != CellList.Linking.LINKED) {
            pool.giveUp(cell, owned);
        }
        notes.add(linking + " " + item);
    }

    /** Puts items, as large ones, through the one place that this process lends; an item for which that is not free again is not put. */
    void putThroughExtent(int... items) {
        int borrower = CellPool.NONE;
        long version = 0;
        for (int item : items) {
            notes.add("putting " + item);
            int cell = pool.allocate(owner);
            if (cell == CellPool.NONE) {
                notes.add("no cell " + item);
                continue;
            }
            long owned = memory.get(cell, CellLayout.STATE);
            if (borrower == CellPool.NONE
                    || CellState.isPast(memory.get(borrower, CellLayout.STATE), version)) { // as an Extent asks
                memory.set(QueueMemory.HEADER, ModelWords.EXTENT, item);
                memory.set(cell, CellLayout.ITEM_BYTES, IN_EXTENT);
                notes.add(list.link(cell, owned) + " " + item);
                borrower = cell;
                version = CellState.version(owned);
            } else {
                pool.giveUp(cell, owned);
                notes.add("no room " + item);
            }
        }
    }

    private long item(int cell) {
        long bytes = memory.get(cell, CellLayout.ITEM_BYTES);
        return bytes == IN_EXTENT ? memory.get(QueueMemory.HEADER, ModelWords.EXTENT) : bytes;
    }

    void take() {
        takeAnd(claim -> {
            long item = item(claim.cell());
            notes.add("taking " + item);
            notes.add((claims.commit(claim) ? "taken " : "lost ") + item);
        });
    }

    /** Takes, or goes to sleep. */
    void takeOrSleep() {
        sleepers.announce(owner);
        Claim claim = list.claim(owner);
        if (claim == null) {
            notes.add("asleep");
        } else {
            notes.add(sleepers.withdraw(owner) ? "awake" : "awake and rung");
            long item = memory.get(claim.cell(), CellLayout.ITEM_BYTES);
            claims.commit(claim);
            notes.add("taken " + item);
        }
    }

    void putAndRing(int item) {
        put(item);
        notes.add("rung " + sleepers.chooseOne());
    }

    void takeAndGiveBack() {
        takeAnd(claims::giveBack);
    }

    private void takeAnd(Consumer<Claim> action) {
        Claim claim = claims.claimReturned(owner, false);
        if (claim == null) {
            claim = list.claim(owner);
        }
        if (claim == null) {
            notes.add("empty");
        } else {
            action.accept(claim);
        }
    }

    void shut() {
        list.shut();
        notes.add("shut");
    }

    /** As {@link MemoryQueue#isDry} asks. */
    void isDry() {
        notes.add(list.isShut() && list.size() == 0 && !claims.isOneUntaken() ? "dry" : "not dry");
    }

    void size() {
        notes.add("size " + list.size());
    }

    void recover() {
        recovery.recoverDead(liveness, incarnation -> {});
    }

    /** As a process that comes later, into the first slot that is free. */
    void joinAndTake() {
        owner = slots.join(ModelWords.LATECOMER);
        if (owner != 0) {
            take();
        }
    }

    /** Everything that can be taken, now that nobody else does anything. */
    void drain(boolean thorough) {
        while (true) {
            Claim claim = claims.claimReturned(owner, thorough);
            claim = claim == null ? list.claim(owner) : claim;
            if (claim == null) {
                return;
            }
            notes.add("drained " + item(claim.cell()));
            if (!claims.commit(claim)) {
                notes.add("drained in vain");
            }
        }
    }
}
