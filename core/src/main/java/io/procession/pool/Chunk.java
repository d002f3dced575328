package io.procession.pool;

import java.util.ArrayList;
import java.util.List;

/**
 * Some items of a map that travel together.
 *
 * @param items the items, a list of their own
 * @param first where in the map the first of them stands
 * @param total how many items the map has; -1 if that is not known
 */
record Chunk(List<?> items, long first, long total) {
    int size() {
        return items.size();
    }

    Chunk part(int from, int to) {
        return new Chunk(new ArrayList<>(items.subList(from, to)), first + from, total);
    }

    /**
     * For messages: {@code at item 12 of 50}.
     *
     * @param item its index here; -1 if the first has not been reached
     */
    String describe(int item) {
        return (item < 0 ? "before item " : "at item ")
                + (first + Math.max(0, item))
                + (total < 0 ? "" : " of " + total);
    }
}
