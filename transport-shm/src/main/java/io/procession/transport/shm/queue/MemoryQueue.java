package io.procession.transport.shm.queue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of byte sequences as one process uses it. Nothing here waits for anybody: who finds the queue full or empty is told so. Safe for all threads.
 *
 * <p>The process that {@linkplain #create creates} it owns it; others {@linkplain #attach attach}, at any time as long as the owner lives. When a process dies, whoever calls {@link #recoverDead} first
 * gives back what it had claimed and not taken.
 */
final class MemoryQueue {
    /** What became of an item. */
    enum Put {
        DONE,
        FULL,
        SHUT,
        ENDED
    }

    private final QueueFiles files;
    private final QueueHeader header;
    private final MappedCells memory;
    private final int payloadBytes;
    private final CellList list;
    private final CellPool pool;
    private final Claims claims;
    private final Slots slots;
    private final Recovery recovery;
    private final LargeItems largeItems;
    private final Liveness liveness;
    private final long incarnation;
    private final int me;
    private final Object growth = new Object();
    final Sleepers takers;
    final Sleepers putters;

    private MemoryQueue(QueueHeader header, SegmentPool segments, long incarnation, Liveness liveness, boolean fresh)
            throws IOException {
        Geometry geometry = new Geometry(header.options().cellBytes());
        this.files = segments.files();
        this.header = header;
        this.liveness = liveness;
        this.incarnation = incarnation;
        this.payloadBytes = geometry.payloadBytes();
        this.memory = new MappedCells(files, geometry, header.memory());
        this.list = new CellList(memory, header.options().bound());
        this.pool = new CellPool(memory, list);
        this.claims = new Claims(memory);
        this.slots = new Slots(memory, header.options().slots());
        this.recovery = new Recovery(memory, list, claims, pool, slots);
        this.largeItems = new LargeItems(files, memory, slots, segments, liveness, incarnation, header.options());
        if (fresh) {
            memory.grow(0, incarnation);
            list.initialize();
        }
        this.me = join();
        this.takers = new Sleepers(memory, slots, HeaderLayout.WAITS_FOR_ITEM);
        this.putters = new Sleepers(memory, slots, HeaderLayout.WAITS_FOR_ROOM);
    }

    int me() {
        return me;
    }

    boolean isBounded() {
        return !header.options().bound().isNone();
    }

    Bound bound() {
        return header.options().bound();
    }

    long incarnation(int owner) {
        return slots.incarnation(owner);
    }

    /**
     * Makes a queue.
     *
     * @param directory only the user can enter it
     * @param name of its files; nothing else there has a name that begins with it
     * @param incarnation of this process
     * @param liveness of all processes that will use it
     * @throws IOException if there is no room; nothing is left
     */
    static MemoryQueue create(Path directory, String name, QueueOptions options, long incarnation, Liveness liveness)
            throws IOException {
        QueueFiles files = new QueueFiles(directory, directory, name);
        return create(options, new SegmentPool(files, incarnation), incarnation, liveness);
    }

    static MemoryQueue create(QueueOptions options, SegmentPool segments, long incarnation, Liveness liveness)
            throws IOException {
        QueueHeader header = QueueHeader.create(segments.files(), options, incarnation);
        try {
            return new MemoryQueue(header, segments, incarnation, liveness, true);
        } catch (Throwable t) {
            segments.files().delete();
            throw t;
        }
    }

    /**
     * Uses the queue of another process.
     *
     * @throws IOException if it is not there any more, is not a queue, or too many use it
     */
    static MemoryQueue attach(Path directory, String name, long incarnation, Liveness liveness) throws IOException {
        QueueFiles files = new QueueFiles(directory, directory, name);
        return attach(new SegmentPool(files, incarnation), incarnation, liveness);
    }

    /**
     * As {@link #attach(Path, String, long, Liveness)}.
     *
     * @param segments the same for a queue and a process, as long as one of its items is in them
     */
    static MemoryQueue attach(SegmentPool segments, long incarnation, Liveness liveness) throws IOException {
        return new MemoryQueue(QueueHeader.attach(segments.files()), segments, incarnation, liveness, false);
    }

    /**
     * Puts an item if there is room. When this returned {@link Put#DONE} the item survives this process.
     *
     * @param item its parts, from position to limit, which are left as they are
     * @throws IOException if there is no memory for it; it is not put
     * @throws IllegalArgumentException if it is larger than the queue
     */
    Put offer(List<ByteBuffer> item) throws IOException {
        long bytes = 0;
        for (int i = 0; i < item.size(); i++) {
            bytes += item.get(i).remaining();
        }
        boolean large = isLarge(bytes);
        checkSize(bytes);
        if (hasEnded()) {
            return Put.ENDED;
        }
        if (isDropping()) {
            return Put.SHUT;
        }
        if (large && list.isFull(bytes)) {
            return Put.FULL;
        }
        int cell = allocate();
        long owned = memory.get(cell, CellLayout.STATE);
        Put put = null;
        try {
            memory.set(cell, CellLayout.ITEM_BYTES, bytes);
            if (large) {
                largeItems.write(cell, owned, item, bytes);
            } else {
                memory.write(cell, item);
            }
            put = switch (list.link(cell, owned)) {
                case LINKED -> Put.DONE;
                case FULL -> Put.FULL;
                case SHUT -> {
                    noticeShutdown();
                    yield Put.SHUT;
                }
            };
        } finally {
            // Also after an error of the machine, such as a stack that is too deep, wherever it came.
            if (put != Put.DONE) {
                boolean alone = largeItems.isAlone(cell);
                if (pool.giveUp(cell, owned) && alone) {
                    largeItems.remove(cell, owned);
                }
            }
        }
        return put;
    }

    Put offer(ByteBuffer item) throws IOException {
        return offer(List.of(item));
    }

    /**
     * Claims the first item: one that came back, or the oldest.
     *
     * @param thorough looks for items that came back even if nobody has said so; for who is about to sleep
     * @return null if there is none
     * @throws IOException if the item, a large one, cannot be read; it goes back. One whose file is gone, or too short, is given all the same: it would come again for ever
     */
    @Nullable
    Taken poll(boolean thorough) throws IOException {
        if (isDropping()) {
            drop();
            return null;
        }
        Claim claim = claim(thorough);
        if (claim == null) {
            return null;
        }
        try {
            if (!isDropping()) {
                return read(claim);
            }
        } catch (Throwable unreadable) {
            claims.giveBack(claim);
            throw unreadable;
        }
        discard(claim); // it was claimed too late
        drop();
        return null;
    }

    private @Nullable Claim claim(boolean thorough) {
        Claim claim = claims.claimReturned(me, false);
        if (claim == null) {
            claim = list.claim(me);
        }
        if (claim == null && thorough) {
            claim = claims.claimReturned(me, true);
        }
        return claim;
    }

    /** How many items wait to be taken. */
    long size() {
        return isDropping() ? 0 : list.size() + claims.countReturned();
    }

    /** Whether one more item, a small one, could be put, or need not wait to be told that it cannot be. */
    boolean hasRoom() {
        return !list.isFull(0);
    }

    /** Lets nothing more be put. */
    void shutDown() {
        list.shut();
        say(HeaderLayout.WAS_SHUT);
    }

    /** Lets nothing more be put, or taken. */
    void shutDownNow() {
        say(HeaderLayout.DROPS); // first: what is taken from now on was taken before
        shutDown();
        drop();
    }

    /** Whether what is put is dropped. Who said so may have been killed before he could shut the list, and each put from then on would be lost: so whoever reads it shuts the list before he goes on. */
    private boolean isDropping() {
        boolean dropping = (endings() & HeaderLayout.DROPS) != 0;
        if (dropping) {
            list.shut();
        }
        return dropping;
    }

    /** Says that the queue was shut down, if whoever did it was killed before he could; whether that was so. */
    boolean noticeShutdown() {
        if (mayBeDry() || !list.isShut()) {
            return false;
        }
        say(HeaderLayout.WAS_SHUT);
        return true;
    }

    private void drop() {
        for (Claim claim = claim(true); claim != null; claim = claim(true)) {
            discard(claim);
        }
    }

    private void discard(Claim claim) {
        commit(claim, largeItems.isAlone(claim.cell()));
    }

    /** Whether it is worth asking {@link #isDry}: a read. Said just after the shutdown itself. */
    boolean mayBeDry() {
        return (endings() & (HeaderLayout.WAS_SHUT | HeaderLayout.DROPS)) != 0;
    }

    /** Whether nothing more can be put, nothing is there, and nothing can come back. */
    boolean isDry() {
        return isDropping() || (list.isShut() && list.size() == 0 && !claims.isOneUntaken());
    }

    /** Gives back what the dead had; whether one was found. Costs a look at each process that uses the queue, and at each cell if there is one. */
    boolean recoverDead() {
        return recoverDead(buried -> {});
    }

    /**
     * As {@link #recoverDead()}.
     *
     * @param buried is told of each of them
     */
    boolean recoverDead(LongConsumer buried) {
        boolean found = recovery.recoverDead(liveness, buried);
        if (found) {
            largeItems.removeForgotten();
        }
        return found;
    }

    /** Whether the owner has closed it. */
    boolean hasEnded() {
        return (endings() & HeaderLayout.HAS_ENDED) != 0;
    }

    /** Whether the process that made it has died, in which case there is nobody to remove its files but the sweep. */
    boolean isOrphan() {
        return !liveness.isAlive(header.owner());
    }

    /**
     * The owner's ends the queue for all, and removes its files; any other's does nothing. A process keeps its slot until it ends: its threads may be in the middle of something at any time.
     */
    void close() {
        end();
        if (header.owner() == incarnation) {
            remove();
        }
    }

    /** Removes the files. */
    void remove() {
        files.delete();
    }

    /** The half of the owner's close that others see. */
    void end() {
        if (header.owner() == incarnation) {
            say(HeaderLayout.HAS_ENDED);
        }
    }

    private Taken read(Claim claim) throws IOException {
        long bytes = memory.get(claim.cell(), CellLayout.ITEM_BYTES);
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw new IOException("the memory of the queue is damaged: an item of " + bytes + " bytes");
        }
        if (!isLarge(bytes)) {
            return new Taken(this, claim, memory.read(claim.cell(), (int) bytes), false);
        }
        boolean alone = largeItems.isAlone(claim.cell());
        try {
            return new Taken(this, claim, largeItems.read(claim, (int) bytes), alone);
        } catch (NoSuchFileException | EOFException lost) {
            if (hasEnded() || files.isRemoved()) {
                throw lost; // with all others, which is told otherwise
            }
            return new Taken(
                    this,
                    claim,
                    alone,
                    new IOException(
                            "an item of " + bytes + " bytes of the queue " + files.name()
                                    + " is lost, since its file is gone or too short; does something delete files in "
                                    + files.directory() + "?",
                            lost));
        }
    }

    /**
     * As {@link Claims#commit}. Does not fail: the item is the caller's, who must not be told that it is not.
     *
     * @param alone whether the item has a file of its own
     */
    boolean commit(Claim claim, boolean alone) {
        boolean mine = claims.commit(claim);
        if (mine && alone) {
            try {
                largeItems.remove(claim.cell(), claim.state());
            } catch (RuntimeException | Error unable) {
                // Such as no memory for its name. The next death is another chance, and then the end of the queue.
            }
        }
        return mine;
    }

    void giveBack(Claim claim) {
        claims.giveBack(claim);
    }

    /** This process puts no more, for now: what it keeps for large items and does not need is given back. */
    void trim() {
        largeItems.trim();
    }

    private boolean isLarge(long bytes) {
        return bytes > payloadBytes;
    }

    private long endings() {
        return memory.get(QueueMemory.HEADER, HeaderLayout.END);
    }

    private void say(long ending) {
        // SYNC: pairs with the read in endings. DROPS comes before the list is shut, WAS_SHUT after it: who reads
        // WAS_SHUT finds the list shut.
        long endings;
        do {
            endings = endings();
        } while (!memory.compareAndSet(QueueMemory.HEADER, HeaderLayout.END, endings, endings | ending));
    }

    private void checkSize(long bytes) {
        long most = header.options().bound().bytes();
        if (bytes > most) {
            throw new IllegalArgumentException(
                    "the item has " + bytes + " bytes when encoded, and the queue holds at most " + most
                            + " bytes; send it in parts, or give the queue a larger capacityBytes");
        }
    }

    /** A word of the header, for tests. */
    long word(int offset) {
        return memory.get(QueueMemory.HEADER, offset);
    }

    private int allocate() throws IOException {
        while (true) {
            int cells = memory.cells();
            int cell = pool.allocate(me);
            if (cell != CellPool.NONE) {
                return cell;
            }
            grow(cells);
        }
    }

    /** Of many threads that find no cell one adds a file; each of the others would fill one of the same size only to find that it was too late. Other processes may do just that. */
    private void grow(int knownCells) throws IOException {
        synchronized (growth) {
            try {
                memory.grow(knownCells, incarnation);
            } catch (IOException e) {
                if (memory.cells() > knownCells) {
                    return; // it was another's file that took the last room
                }
                throw new IOException(
                        "there is no shared memory for one more item in " + files.directory() + ": " + e.getMessage()
                                + ". Make room there, bound the queue, or use one whose items lie with its owner",
                        e);
            }
        }
    }

    private int join() throws IOException {
        int slot = slots.join(incarnation);
        if (slot == 0 && recoverDead()) {
            slot = slots.join(incarnation);
        }
        if (slot == 0) {
            throw new IOException(
                    slots.count()
                            + " processes use this queue, which has no room for more; let some close it, or use a hosted queue");
        }
        return slot;
    }
}
