package io.procession.pool;

/**
 * How a map is cut into pieces. Immutable, so it can be shared; the defaults serve.
 *
 * <pre>{@code
 * pool.mapUnordered(Images::thumbnail, files, MapOptions.defaults().lookAhead(100));
 * }</pre>
 */
public final class MapOptions {
    private static final MapOptions DEFAULTS = new MapOptions(0, 0);

    private final int chunkSize;
    private final int lookAhead;

    private MapOptions(int chunkSize, int lookAhead) {
        if (chunkSize > 0 && lookAhead > 0 && chunkSize > lookAhead) {
            throw new IllegalArgumentException("a look-ahead of " + lookAhead + " items never fills a chunk of "
                    + chunkSize + "; make the chunk smaller or the look-ahead larger");
        }
        this.chunkSize = chunkSize;
        this.lookAhead = lookAhead;
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
        return new MapOptions(items, lookAhead);
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
        return new MapOptions(chunkSize, items);
    }

    /** The chunk size set by hand, or 0. */
    int chunkSize() {
        return chunkSize;
    }

    /** The look-ahead set by hand, or 0. */
    int lookAhead() {
        return lookAhead;
    }

    /** For a map that has no look-ahead. */
    void requireNoLookAhead() {
        if (lookAhead > 0) {
            throw new IllegalArgumentException("a look-ahead of " + lookAhead
                    + " was set for a map that reads all items before it sends the first; use mapLazy or mapUnordered");
        }
    }

    @Override
    public String toString() {
        return "MapOptions[chunkSize=" + (chunkSize == 0 ? "automatic" : chunkSize) + ", lookAhead="
                + (lookAhead == 0 ? "automatic" : lookAhead) + "]";
    }
}
