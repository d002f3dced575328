package io.procession.transport.shm.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The segments of this process for one queue. Only this process lends parts of them, to cells that it owns, and only the words of these cells say when a part is free again: so nothing is shared that a death could leave
 * wrong. There is one for a queue as long as the process uses it, or has items in it, also if it leaves the queue and comes back ({@link SegmentPools}). Safe for all threads, which wait for each other here.
 */
final class SegmentPool {
    private static final int FIRST_BYTES = 256 << 10;

    /** So many items of the size for which a segment is made have room in it. */
    static final int ITEMS = 4;

    /** A new segment takes not more than one such part of what is free where it lies: others need room as well. */
    private static final int PART_OF_FREE = 8;

    /** Where there was no room there may be some after so long; until then large items do not each try it. */
    private static final long RETRY_NANOS = 1_000_000_000;

    /** So many parts are looked at before there is said to be no room. */
    private static final int LOOKS = 64;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final QueueFiles files;
    private final long incarnation;
    private final LongSupplier nanoTime;
    private final List<Segment> segments = new ArrayList<>();
    private final Deque<Extent> lent = new ArrayDeque<>(); // the longest first, as they mostly come back
    private long bytes;
    private boolean refused;
    private long refusedSince;

    SegmentPool(QueueFiles files, long incarnation) {
        this(files, incarnation, System::nanoTime);
    }

    SegmentPool(QueueFiles files, long incarnation, LongSupplier nanoTime) {
        this.files = files;
        this.incarnation = incarnation;
        this.nanoTime = nanoTime;
    }

    QueueFiles files() {
        return files;
    }

    /**
     * A place for the item of a cell that this process owns: until the cell is past this use, whoever brings that about.
     *
     * @return null if there is no room
     */
    synchronized @Nullable Extent lend(QueueMemory memory, int cell, long owned, int itemBytes) {
        while (!lent.isEmpty() && lent.getFirst().isOver(memory)) {
            lent.removeFirst().takeBack();
        }
        Extent extent = lend(cell, owned, itemBytes);
        // One that is long in somebody's hands must not stand before all others: it goes to the end.
        for (int looks = Math.min(LOOKS, lent.size()); extent == null && looks > 0; looks--) {
            Extent oldest = lent.removeFirst();
            if (oldest.isOver(memory)) {
                oldest.takeBack();
                extent = lend(cell, owned, itemBytes);
            } else {
                lent.addLast(oldest);
            }
        }
        return extent;
    }

    private @Nullable Extent lend(int cell, long owned, int itemBytes) {
        for (int i = 0; i < segments.size(); i++) {
            int at = segments.get(i).lend(itemBytes);
            if (at != Segment.NONE) {
                Extent extent = new Extent(segments.get(i), at, itemBytes, cell, CellState.version(owned));
                lent.addLast(extent);
                return extent;
            }
        }
        return null;
    }

    /** How many segments there are. */
    synchronized int count() {
        return segments.size();
    }

    /**
     * Whether one more segment may be made for an item.
     *
     * @param shareBytes how much all of them may have together
     */
    synchronized boolean mayGrow(int itemBytes, long shareBytes) {
        return next(itemBytes, shareBytes) >= itemBytes
                && !(refused && nanoTime.getAsLong() - refusedSince < RETRY_NANOS);
    }

    /** Makes one more segment, unless another thread has done so since there were so many, or there is no room. */
    synchronized void grow(int known, int itemBytes, long shareBytes) {
        if (segments.size() != known || !mayGrow(itemBytes, shareBytes)) {
            return;
        }
        try {
            int next = next(itemBytes, shareBytes);
            int least = Math.min(next, Math.max(FIRST_BYTES, itemBytes));
            next = whole(Math.min(next, files.freeBytes() / PART_OF_FREE));
            refused = next < least;
            if (!refused) {
                segments.add(make(next));
                bytes += next;
            }
        } catch (IOException full) {
            refused = true; // or it cannot be mapped, or the queue is gone: what fails then as well will say why
        }
        refusedSince = nanoTime.getAsLong();
    }

    private Segment make(int next) throws IOException {
        while (true) {
            int number = NUMBER.incrementAndGet();
            try {
                ByteBuffer memory = files.createSegment(incarnation, number, next);
                if (files.isRemoved()) { // too late to be removed with all others
                    files.deleteSegment(incarnation, number);
                }
                return new Segment(number, memory);
            } catch (FileAlreadyExistsException e) {
                // Another copy of this class in the process counts for itself.
            }
        }
    }

    /** Each is as large as all before it together. */
    private int next(int itemBytes, long shareBytes) {
        long wanted = Math.max(FIRST_BYTES, Math.max(bytes, (long) ITEMS * itemBytes));
        long left = shareBytes - bytes;
        return whole(Math.max(0, Math.min(wanted, left)));
    }

    private static int whole(long bytes) {
        return (int) (bytes / Segment.BLOCK_BYTES * Segment.BLOCK_BYTES);
    }

    /** That of a number, or null if it is not here. */
    synchronized @Nullable ByteBuffer find(int number) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).number() == number) {
                return segments.get(i).memory();
            }
        }
        return null;
    }

    /** Gives back what holds no item, since this process puts no more for now. */
    synchronized void trim(QueueMemory memory) {
        lent.removeIf(extent -> {
            boolean over = extent.isOver(memory);
            if (over) {
                extent.takeBack();
            }
            return over;
        });
        segments.removeIf(segment -> {
            if (segment.isIdle()) {
                bytes -= segment.memory().capacity();
                files.deleteSegment(incarnation, segment.number());
            }
            return segment.isIdle();
        });
    }
}
