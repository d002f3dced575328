package io.procession.pool;

import io.procession.internal.pool.TimeText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How many deaths of workers a pool bears within a time. Guarded by the {@link Scheduler}'s lock. */
final class CrashBudget {
    /** A pool that bears all. */
    static final CrashBudget UNLIMITED = new CrashBudget(Integer.MAX_VALUE, Duration.ZERO);

    private final int most;
    private final Duration window;
    private final Deque<Long> deaths = new ArrayDeque<>();

    /**
     * @param most so many are borne; the next one is not
     * @param window the time they are counted in
     */
    CrashBudget(int most, Duration window) {
        this.most = most;
        this.window = window;
    }

    /** Counts a death; true if it is one too many. */
    boolean isSpentBy(long nanoTime) {
        long windowNanos = TimeUnit.NANOSECONDS.convert(window);
        deaths.addLast(nanoTime);
        while (nanoTime - deaths.getFirst() > windowNanos) {
            deaths.removeFirst();
        }
        return deaths.size() > most;
    }

    @Override
    public String toString() {
        return most + " deaths of workers within " + TimeText.of(window);
    }
}
