package io.procession.transport.shm.queue;

import static io.procession.transport.shm.queue.QueueMemory.HEADER;

import org.jspecify.annotations.Nullable;

/**
 * The order of the items: a list of cells from {@code head}, which is always a cell that has been claimed, to {@code tail}. As in the queue of Michael and Scott (PODC 1996) everybody can finish every step that
 * another began; unlike there an item is claimed by a change of its own cell, which names who has it, and the head follows.
 *
 * <p>Three rules carry all else. (A) Nothing is linked behind a cell, and the tail does not leave it, while it is {@code owned}: it is made {@code queued} first. (B) A cell is made {@code queued} only when
 * the tail has reached it. (C) The head moves only to a cell that is no longer {@code queued}. Stateless but for the memory; safe for all threads.
 */
final class CellList {
    /** What became of an item that was to be linked. */
    enum Linking {
        LINKED,
        FULL,
        SHUT
    }

    /** Words read together: they stood so at one moment. */
    private record End(long link, int cell, long next) {}

    private final QueueMemory memory;
    private final Bound bound;

    CellList(QueueMemory memory, Bound bound) {
        this.memory = memory;
        this.bound = bound;
    }

    /** Makes cell 0 of fresh memory, which is all zeros, the first head. For the process that makes the queue, before others know it. */
    void initialize() {
        memory.set(0, CellLayout.NEXT, LinkWord.of(LinkWord.NONE, 0));
        memory.set(0, CellLayout.STATE, CellState.DONE);
    }

    /**
     * Puts a cell at the end, in one indivisible step: before it the item is not in the queue, after it whatever happens to this process.
     *
     * @param owned the state of a cell that this process owns and has filled
     */
    Linking link(int cell, long owned) {
        long version = CellState.version(owned);
        long bytes = memory.get(cell, CellLayout.ITEM_BYTES);
        memory.set(cell, CellLayout.NEXT, LinkWord.of(LinkWord.NONE, version));
        while (true) {
            End end = settledTail();
            if (LinkWord.cell(end.next) == LinkWord.SHUT) {
                return Linking.SHUT;
            }
            // The tail may have moved on, but then next has changed and the step below fails.
            long number = memory.get(end.cell, CellLayout.NUMBER) + 1;
            long total = memory.get(end.cell, CellLayout.TOTAL_BYTES) + bytes;
            if (!bound.isNone() && !hasRoom(number, total)) {
                if (memory.get(HEADER, HeaderLayout.TAIL) == end.link) {
                    return Linking.FULL;
                }
                continue;
            }
            memory.set(cell, CellLayout.NUMBER, number);
            memory.set(cell, CellLayout.TOTAL_BYTES, total);
            // SYNC: pairs with the reads of next in claim and settledTail: whoever follows it sees all that was
            // written to the cell, and to its place in a segment.
            if (memory.compareAndSet(
                    end.cell, CellLayout.NEXT, end.next, LinkWord.of(cell, LinkWord.version(end.next)))) {
                // From here on anybody can do the rest.
                memory.compareAndSet(HEADER, HeaderLayout.TAIL, end.link, LinkWord.of(cell, version));
                memory.compareAndSet(cell, CellLayout.STATE, owned, CellState.queued(owned));
                return Linking.LINKED;
            }
        }
    }

    /** Whether there was no room for an item of so many bytes; for who would rather not prepare it in vain. */
    boolean isFull(long bytes) {
        End end = settledTail();
        long number = memory.get(end.cell, CellLayout.NUMBER) + 1;
        long total = memory.get(end.cell, CellLayout.TOTAL_BYTES) + bytes;
        boolean full = LinkWord.cell(end.next) != LinkWord.SHUT && !bound.isNone() && !hasRoom(number, total);
        return full && memory.get(HEADER, HeaderLayout.TAIL) == end.link;
    }

    /** Lets nothing more be linked, in one indivisible step. */
    void shut() {
        while (true) {
            End end = settledTail();
            if (LinkWord.cell(end.next) == LinkWord.SHUT
                    || memory.compareAndSet(
                            end.cell,
                            CellLayout.NEXT,
                            end.next,
                            LinkWord.of(LinkWord.SHUT, LinkWord.version(end.next)))) {
                return;
            }
        }
    }

    /** Whether {@link #shut} has happened. */
    boolean isShut() {
        return LinkWord.cell(settledTail().next) == LinkWord.SHUT;
    }

    /** Does what is left to do at the tail. Of what was linked before, nothing is owned afterwards. */
    void settle() {
        settledTail();
    }

    /** Claims the first item, or null if there is none. */
    @Nullable
    Claim claim(int owner) {
        while (true) {
            long head = memory.get(HEADER, HeaderLayout.HEAD);
            int first = LinkWord.cell(memory.get(LinkWord.cell(head), CellLayout.NEXT));
            if (!LinkWord.isCell(first)) {
                if (isHead(head)) {
                    return null;
                }
                continue;
            }
            long state = memory.get(first, CellLayout.STATE);
            if (!isHead(head)) {
                continue; // what was read is of a cell that may have become anything
            }
            switch (CellState.phase(state)) {
                case CellState.OWNED -> settledTail();
                case CellState.QUEUED -> {
                    Claim claim =
                            new Claim(first, CellState.claimed(state, owner)); // now, for there may be no memory later
                    // SYNC: pairs with release, and with allocate of CellPool: until the commit the cell stays as it
                    // is.
                    if (memory.compareAndSet(first, CellLayout.STATE, state, claim.state())) {
                        pass(head, first, CellState.version(state));
                        return claim;
                    }
                }
                default -> pass(head, first, CellState.version(state));
            }
        }
    }

    /** How many items wait in the list, at one moment. */
    long size() {
        while (true) {
            passClaimed();
            long head = memory.get(HEADER, HeaderLayout.HEAD);
            long taken = memory.get(LinkWord.cell(head), CellLayout.NUMBER);
            long tail = settledTail().link;
            long put = memory.get(LinkWord.cell(tail), CellLayout.NUMBER);
            if (memory.get(HEADER, HeaderLayout.TAIL) == tail && isHead(head)) {
                return put - taken;
            }
        }
    }

    /** Whether the head has left a cell behind. */
    boolean hasPassed(long number) {
        while (true) {
            long head = memory.get(HEADER, HeaderLayout.HEAD);
            long passed = memory.get(LinkWord.cell(head), CellLayout.NUMBER);
            if (isHead(head)) {
                return number < passed;
            }
        }
    }

    /**
     * Finishes what others began at the tail, until the last cell is neither owned nor followed by another. Whatever a process had linked that has died before this began is queued when it returns.
     */
    private End settledTail() {
        while (true) {
            long tail = memory.get(HEADER, HeaderLayout.TAIL);
            int cell = LinkWord.cell(tail);
            long state = memory.get(cell, CellLayout.STATE);
            long next = memory.get(cell, CellLayout.NEXT);
            if (memory.get(HEADER, HeaderLayout.TAIL) != tail) {
                continue;
            }
            // SYNC: the tail is read again after state and next. Unchanged, it has pointed to the cell meanwhile, so
            // they are of one use; pairs with the steps of tail here and in link.
            if (CellState.phase(state) == CellState.OWNED) { // rules A and B
                memory.compareAndSet(cell, CellLayout.STATE, state, CellState.queued(state));
            }
            int follower = LinkWord.cell(next);
            if (!LinkWord.isCell(follower)) {
                return new End(tail, cell, next);
            }
            // As long as the tail stands here its follower keeps its version; if it does not, the step fails.
            long version = CellState.version(memory.get(follower, CellLayout.STATE));
            memory.compareAndSet(HEADER, HeaderLayout.TAIL, tail, LinkWord.of(follower, version));
        }
    }

    private boolean hasRoom(long number, long total) {
        return admitted(number, total) || (passClaimed() && admitted(number, total));
    }

    private boolean admitted(long number, long total) {
        while (true) {
            long head = memory.get(HEADER, HeaderLayout.HEAD);
            int cell = LinkWord.cell(head);
            long waiting = number - memory.get(cell, CellLayout.NUMBER);
            long bytes = total - memory.get(cell, CellLayout.TOTAL_BYTES);
            if (isHead(head)) {
                return bound.admits(waiting, bytes);
            }
        }
    }

    /** Moves the head over what is claimed; whether it was there at least once that there was something to pass. */
    private boolean passClaimed() {
        boolean moved = false;
        while (true) {
            long head = memory.get(HEADER, HeaderLayout.HEAD);
            int first = LinkWord.cell(memory.get(LinkWord.cell(head), CellLayout.NEXT));
            long state = LinkWord.isCell(first) ? memory.get(first, CellLayout.STATE) : 0;
            if (!isHead(head)) {
                moved = true;
            } else if (!LinkWord.isCell(first) || CellState.phase(state) <= CellState.QUEUED) {
                return moved;
            } else {
                pass(head, first, CellState.version(state));
                moved = true;
            }
        }
    }

    /** Moves the head on (rule C: its new cell is not queued any more), and lets the old one go. Who is stopped in between leaves that to {@link CellPool}. */
    private void pass(long head, int first, long version) {
        if (memory.compareAndSet(HEADER, HeaderLayout.HEAD, head, LinkWord.of(first, version))) {
            release(LinkWord.cell(head), LinkWord.version(head));
        }
    }

    private void release(int cell, long version) {
        while (true) {
            long state = memory.get(cell, CellLayout.STATE);
            if (CellState.version(state) != version || CellState.isPassed(state)) {
                return;
            }
            long released = CellState.phase(state) == CellState.DONE ? CellState.freed(state) : CellState.passed(state);
            // SYNC: pairs with commit of Claims: of the two the second, which sees the first, makes the cell free.
            if (memory.compareAndSet(cell, CellLayout.STATE, state, released)) {
                return;
            }
        }
    }

    private boolean isHead(long head) {
        return memory.get(HEADER, HeaderLayout.HEAD) == head;
    }
}
