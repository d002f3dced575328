package io.procession.transport.shm.queue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Items that do not fit into a cell. They stand in a segment of the process that puts them, to which the cell refers; or, if there is no room or they are very large, each in a file of its own. One for each process;
 * safe for all threads.
 */
final class LargeItems {
    /**
     * Long enough for a consumer that has lost its core to get it back. A file for the item alone would be there sooner, but whoever takes it pays for the file as well, and a consumer held up by files lets the next items need
     * files, too.
     */
    private static final long PATIENCE_NANOS = 1_000_000;

    /** So many processes may each have all that the owner allows; with more of them each has less. */
    private static final int FULL_SHARES = 4;

    /** What a process may have in any case, if the owner allows it, however many use the queue. */
    private static final long FEW_BYTES = 1 << 20;

    private static final long NOBODY = 0;

    private final QueueFiles files;
    private final QueueMemory memory;
    private final Slots slots;
    private final SegmentPool pool;
    private final SegmentMaps maps;
    private final SpillFiles alone;
    private final Liveness liveness;
    private final long incarnation;
    private final int payloadBytes;
    private final long segmentBytes;

    /** Whether room was found when last it was needed: if nobody takes, it is not worth while to wait for that. */
    private volatile boolean hopeful = true;

    LargeItems(
            QueueFiles files,
            MappedCells memory,
            Slots slots,
            SegmentPool pool,
            Liveness liveness,
            long incarnation,
            QueueOptions options) {
        this.files = files;
        this.memory = memory;
        this.slots = slots;
        this.pool = pool;
        this.maps = new SegmentMaps(files);
        this.alone = new SpillFiles(files, memory);
        this.liveness = liveness;
        this.incarnation = incarnation;
        this.payloadBytes = new Geometry(options.cellBytes()).payloadBytes();
        this.segmentBytes = options.segmentBytes();
    }

    /** Writes the item of a cell that this process owns. What is written is forgotten when the cell is given up, but for a file of its own, which is to be {@linkplain #remove removed}. */
    void write(int cell, long owned, List<ByteBuffer> parts, long bytes) throws IOException {
        Extent extent = bytes <= Integer.MAX_VALUE ? lend(cell, owned, (int) bytes) : null;
        if (extent == null) {
            memory.set(cell, CellLayout.MAKER, NOBODY);
            alone.write(cell, owned, parts);
        } else {
            memory.set(cell, CellLayout.MAKER, incarnation);
            memory.set(cell, CellLayout.PLACE, extent.place());
            // SYNC: plain, as what stands in a cell: after the commit that Extent.isOver has seen, before the link.
            extent.segment().write(extent.at(), parts);
        }
    }

    private @Nullable Extent lend(int cell, long owned, int bytes) {
        long share = share();
        if (bytes > share / SegmentPool.ITEMS) {
            return null;
        }
        while (true) {
            int segments = pool.count();
            Extent extent = pool.lend(memory, cell, owned, bytes);
            if (extent != null) {
                hopeful = true;
                return extent;
            }
            if (!pool.mayGrow(bytes, share)) {
                return waitFor(cell, owned, bytes);
            }
            removeForgotten(); // it may be what there is no room for
            pool.grow(segments, bytes, share);
        }
    }

    private long share() {
        return Math.min(segmentBytes, Math.max(FEW_BYTES, FULL_SHARES * segmentBytes / Math.max(1, slots.highest())));
    }

    /** Whoever takes will make room, most likely. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without; but there may be but one core
    private @Nullable Extent waitFor(int cell, long owned, int bytes) {
        long start = System.nanoTime();
        Extent extent = null;
        while (extent == null && hopeful && System.nanoTime() - start < PATIENCE_NANOS) {
            Thread.yield();
            extent = pool.lend(memory, cell, owned, bytes);
        }
        hopeful = extent != null;
        return extent;
    }

    /** Whether the item of a cell has a file of its own, which is to be removed when nobody needs it any more. For the cell's owner or claimer. */
    boolean isAlone(int cell) {
        return memory.get(cell, CellLayout.ITEM_BYTES) > payloadBytes && memory.get(cell, CellLayout.MAKER) == NOBODY;
    }

    /**
     * The bytes of a claimed item; may be the segment itself, good until the claim ends.
     *
     * @throws NoSuchFileException if its file is gone
     * @throws EOFException if it is too short
     */
    ByteBuffer read(Claim claim, int bytes) throws IOException {
        long maker = memory.get(claim.cell(), CellLayout.MAKER);
        if (maker == NOBODY) {
            return alone.read(claim, bytes);
        }
        long place = memory.get(claim.cell(), CellLayout.PLACE);
        ByteBuffer own = maker == incarnation ? pool.find(Extent.segment(place)) : null;
        return own == null ? maps.read(maker, place, bytes) : SegmentMaps.slice(own, place, bytes);
    }

    /** Removes the file of an item that is {@linkplain #isAlone alone}. */
    void remove(int cell, long state) {
        alone.remove(cell, state);
    }

    /** Removes what nobody needs any more of those who have died. */
    void removeForgotten() {
        alone.removeForgotten();
        try {
            Set<Path> forgotten = new HashSet<>();
            Set<Long> dead = new HashSet<>();
            for (Path segment : files.segments()) {
                long maker = QueueFiles.makerOf(segment);
                if (dead.contains(maker) || !liveness.isAlive(maker)) {
                    dead.add(maker);
                    forgotten.add(segment);
                }
            }
            if (!forgotten.isEmpty()) {
                findReferred(dead).forEach(forgotten::remove);
            }
            for (Path segment : forgotten) {
                files.deleteSegment(QueueFiles.makerOf(segment), QueueFiles.numberOf(segment));
            }
        } catch (IOException e) {
            // The next death is another chance, and then the end of the queue.
        }
    }

    /**
     * The segments of the dead to which cells refer. Who is dead adds no reference, and one that lasts has been there, unchanged, all the time: so one look at each cell does not miss it. What is found in a cell that changes
     * meanwhile may be wrong, and then keeps a segment for longer than needed.
     */
    private Set<Path> findReferred(Set<Long> dead) {
        Set<Path> referred = new HashSet<>();
        for (int cell = 0; cell < memory.cells(); cell++) {
            long state = memory.get(cell, CellLayout.STATE);
            if (!CellState.isPast(state, CellState.version(state))
                    && memory.get(cell, CellLayout.ITEM_BYTES) > payloadBytes) {
                long maker = memory.get(cell, CellLayout.MAKER);
                if (dead.contains(maker)) {
                    referred.add(files.segment(maker, Extent.segment(memory.get(cell, CellLayout.PLACE))));
                }
            }
        }
        return referred;
    }

    /** This process puts no more, for now. Does not fail: nothing depends on it. */
    void trim() {
        try {
            pool.trim(memory);
        } catch (RuntimeException | Error unable) {
            // Such as no memory to map cells. The end of the queue is another chance.
        }
    }
}
