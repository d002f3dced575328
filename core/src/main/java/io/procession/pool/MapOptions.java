package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.internal.pool.TimeText;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a map is cut into pieces. Immutable, so it can be shared; the defaults serve.
 *
 * <pre>{@code
 * pool.mapUnordered(Images::thumbnail, files, MapOptions.defaults().lookAhead(100));
 * }</pre>
 */
public final class MapOptions {
    private static final MapOptions DEFAULTS = new MapOptions(0, 0, false, null);

    private final int chunkSize;
    private final int lookAhead;

    private final boolean readsInBackground;
    private final @Nullable Duration timeout;

    private MapOptions(int chunkSize, int lookAhead, boolean readsInBackground, @Nullable Duration timeout) {
        if (chunkSize > 0 && lookAhead > 0 && chunkSize > lookAhead) {
            throw new IllegalArgumentException("a look-ahead of " + lookAhead + " items never fills a chunk of "
                    + chunkSize + "; make the chunk smaller or the look-ahead larger");
        }
        this.chunkSize = chunkSize;
        this.lookAhead = lookAhead;
        this.readsInBackground = readsInBackground;
        this.timeout = timeout;
    }

    /**
     * Chunks that follow the measured time of an item, and a look-ahead of about a mebibyte.
     *
     * @return the defaults
     */
    public static MapOptions defaults() {
        return DEFAULTS;
    }

    /**
     * How many items travel together. By default a chunk begins with one item and grows to what takes a worker about 5 ms.
     *
     * @param items at least 1, and not more than the look-ahead if that is set
     * @return options with this chunk size
     * @throws IllegalArgumentException if it is less than 1, or more than the look-ahead
     */
    public MapOptions chunkSize(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("a chunk has at least 1 item, not " + items);
        }
        return new MapOptions(items, lookAhead, readsInBackground, timeout);
    }

    /**
     * How many items a lazy map reads at most beyond those whose results have been taken. By default as many as make up about one mebibyte with their results,
     * at least two chunks for each worker. Not for maps that read all of their input first.
     *
     * @param items at least 1, and not less than the chunk size if that is set
     * @return options with this look-ahead
     * @throws IllegalArgumentException if it is less than 1, or less than the chunk size
     */
    public MapOptions lookAhead(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("a look-ahead has at least 1 item, not " + items);
        }
        return new MapOptions(chunkSize, items, readsInBackground, timeout);
    }

    /**
     * Has a lazy map read its input on a thread of its own, for an input that may keep its reader waiting: a socket, a queue, a slow query. What it has given is
     * then sent at once, and results that are ready are given whether the next item comes or not. By default the thread that takes the results reads, so nothing
     * of the input is used by two threads; results that are ready are then given before an input that was slow is read, but wait for it once it is.
     *
     * <p>The input must be safe to be read by another thread than the one that takes the results, while that thread does other things. The thread is a
     * daemon, and is interrupted when the map is closed.
     *
     * @return options with an input that is read in the background
     */
    public MapOptions readInBackground() {
        return new MapOptions(chunkSize, lookAhead, true, timeout);
    }

    /**
     * How long the whole map may take, counted from the call that begins it. When that is over, what has not been started is not run, and what runs is ended as by
     * {@code cancel(true)}, whether anybody waits for it or not. A map that gives all results together then fails; a lazy one still gives those results that were
     * there in time, then fails once, and has no more. The failure is a {@link java.util.concurrent.CompletionException} whose cause is a
     * {@link java.util.concurrent.TimeoutException}; a {@code mapAsync} completes with the latter. An input that keeps its reader waiting is not interrupted, unless it is
     * {@linkplain #readInBackground read in the background}.
     *
     * <p>This is apart from the time that each item has ({@link PoolBuilder#taskTimeout}). By default there is none.
     *
     * @param time how long; zero or less is over at once
     * @return options with this limit
     */
    public MapOptions timeout(Duration time) {
        return new MapOptions(chunkSize, lookAhead, readsInBackground, requireNonNull(time, "time"));
    }

    /** How long the whole may take; null for as long as it likes. */
    @Nullable
    Duration timeout() {
        return timeout;
    }

    /** What is told when it has taken longer. */
    TimeoutException late() {
        return new TimeoutException("the map was not finished within the "
                + (timeout == null ? "time" : TimeText.of(timeout)) + " that MapOptions.timeout allows");
    }

    /** The chunk size set by hand, or 0. */
    int chunkSize() {
        return chunkSize;
    }

    /** The look-ahead set by hand, or 0. */
    int lookAhead() {
        return lookAhead;
    }

    /** Whether the input is read by a thread of its own. */
    boolean readsInBackground() {
        return readsInBackground;
    }

    /** For a map that has no look-ahead. */
    void requireNoLookAhead() {
        if (readsInBackground) {
            throw new IllegalArgumentException("a map that reads all items before it sends the first cannot read in the"
                    + " background; use mapLazy or mapUnordered");
        }
        if (lookAhead > 0) {
            throw new IllegalArgumentException("a look-ahead of " + lookAhead
                    + " was set for a map that reads all items before it sends the first; use mapLazy or mapUnordered");
        }
    }

    @Override
    public String toString() {
        return "MapOptions[chunkSize=" + (chunkSize == 0 ? "automatic" : chunkSize) + ", lookAhead="
                + (lookAhead == 0 ? "automatic" : lookAhead) + (readsInBackground ? ", in the background" : "")
                + (timeout == null ? "]" : ", timeout=" + TimeText.of(timeout) + "]");
    }
}
