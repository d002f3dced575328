package io.procession.internal.queue;

import io.procession.internal.family.StatusPageReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Items that were sent to another process and are not known to be taken for good. Guarded by the lock of the {@link HostedQueue}. */
final class Delivered {
    final long call;
    final int slot;
    private final int demand;
    private final @Nullable Item[] items;
    private boolean nothingAhead;
    /** Not given back; at most so many are taken. */
    private int kept;

    Delivered(long call, int slot, int demand, List<Item> items) {
        this.call = call;
        this.slot = slot;
        this.demand = demand;
        this.items = items.toArray(Item[]::new);
        this.kept = items.size();
    }

    int kept() {
        return kept;
    }

    /** Takes out what is given back. */
    List<Item> take(int from, int count) {
        List<Item> back = new ArrayList<>();
        for (int i = Math.max(from, 0); i < Math.min((long) from + count, items.length); i++) {
            Item item = items[i];
            if (item != null) {
                back.add(item);
                items[i] = null;
                kept--;
            }
        }
        return back;
    }

    /** Gives what is not committed to somebody, the last first. Final once the process has ended; until then more may be committed the next moment. If that fails, it can go on later. */
    void giveUncommitted(@Nullable StatusPageReader page, Consumer<Item> to) {
        long @Nullable [] mark = readMark(page);
        for (int i = items.length - 1; i >= 0; i--) {
            Item item = items[i];
            if (item != null && (mark == null || !Mark.isCommitted(mark, i))) {
                to.accept(item);
                items[i] = null;
                kept--;
            }
        }
    }

    boolean isCommitted(@Nullable StatusPageReader page) {
        long @Nullable [] mark = readMark(page);
        for (int i = 0; i < items.length; i++) {
            if (items[i] != null && (mark == null || !Mark.isCommitted(mark, i))) {
                return false;
            }
        }
        return true;
    }

    /** How many items no thread there has got: sent ahead of demand, or for somebody who has given up. */
    int ahead(@Nullable StatusPageReader page) {
        if (nothingAhead) {
            return 0;
        }
        long @Nullable [] mark = readMark(page);
        if (mark == null) {
            return Math.max(0, kept - demand); // not there yet, or not to be seen from here
        }
        int ahead = 0;
        for (int i = (int) mark[Mark.HANDED]; i < items.length; i++) {
            ahead += items[i] == null ? 0 : 1; // of those before, some may have been given back
        }
        nothingAhead = ahead == 0; // and there never will be again
        return ahead;
    }

    /** Whether {@link #ahead} may be, or become, more than zero. */
    boolean mayBeAhead(@Nullable StatusPageReader page) {
        return ahead(page) > 0 || !nothingAhead;
    }

    /** The process says that it keeps none that no thread has got; for one whose page cannot be read. */
    void recalled() {
        nothingAhead = true;
    }

    /** Null if it is not about this delivery: it has not arrived yet, or there is no page because the process runs elsewhere. */
    private long @Nullable [] readMark(@Nullable StatusPageReader page) {
        if (page == null) {
            return null;
        }
        try {
            // SYNC: the reader's half of Mark. The end of a connection came after the last write of its process.
            long[] words = page.committed(slot, Mark.WORDS);
            return words[0] == call ? words : null;
        } catch (UncheckedIOException unreadable) {
            return null; // for want of descriptors: an item that comes twice is better than all of them lost
        }
    }
}
