package io.procession.internal.queue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts the items of a joinable queue that are not done. Guarded by the lock of the {@link HostedQueue}. */
final class Unfinished {
    /** Names in a text; the count is exact however many there are. */
    private static final int MAX_NAMES = 16;

    private final Set<Waiting.ForAll> joiners = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private long count;
    private long abandoned;

    void added(int items) {
        count += items;
    }

    long count() {
        return count;
    }

    /** Some are done; false if that is more than there are, and nothing changes. */
    boolean done(long items) {
        if (items > count) {
            return false;
        }
        count -= items;
        tellJoiners();
        return true;
    }

    /** Somebody took some and ended before it said that they are done. */
    void abandoned(long items, String by) {
        long counted = Math.min(items, count);
        if (counted > 0) {
            if (names.size() < MAX_NAMES) {
                names.add(by); // before the count, since it may fail for want of memory and be tried again
            }
            abandoned += counted;
            done(counted);
        }
    }

    void join(Waiting.ForAll joiner) {
        joiners.add(joiner);
        tellJoiners();
    }

    boolean leave(Waiting joiner) {
        return joiners.remove(joiner);
    }

    /** Empties the line. */
    List<Waiting.ForAll> forget() {
        List<Waiting.ForAll> forgotten = List.copyOf(joiners);
        joiners.clear();
        return forgotten;
    }

    private void tellJoiners() {
        if (count == 0 && !joiners.isEmpty()) {
            Finished how = new Finished(abandoned, String.join(", ", names));
            abandoned = 0; // each abandoned item is told once, to all who waited for it
            names.clear();
            List<Waiting.ForAll> told = new ArrayList<>(joiners);
            joiners.clear();
            told.forEach(joiner -> joiner.finished(how));
        }
    }
}
