package io.procession.internal.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The items that wait at their host, and how many more may come. Guarded by the lock of the {@link HostedQueue}. */
class Contents {
    /** One answer ends here as far as somebody waits for all of it, unless its first item alone is larger. */
    private static final int BATCH_BYTES = 1 << 20;

    /** And here, where it runs ahead of those who wait. */
    private static final int AHEAD_BYTES = 256 << 10;

    private static final int SMALLEST_WITH_PLACES_AHEAD = 64;
    private static final int MOST_PLACES_AHEAD = 256;

    private final long capacity;
    private final long capacityBytes;
    private final Deque<Item> items = new ArrayDeque<>();
    private long bytes;
    private long reserved;
    private long reservedBytes;

    /**
     * Nothing yet.
     *
     * @param capacity how many items there is room for; {@link Long#MAX_VALUE} for no bound
     * @param capacityBytes how many bytes they may have together; {@link Long#MAX_VALUE} for no bound
     */
    Contents(long capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    boolean hasRoomFor(long itemBytes) {
        return capacity - items.size() > reserved && capacityBytes - bytes - reservedBytes >= itemBytes;
    }

    /** An item larger than the whole queue would wait for ever. */
    static void check(long itemBytes, long capacityBytes) {
        if (itemBytes > capacityBytes) {
            throw new IllegalArgumentException(
                    "the item has " + itemBytes + " bytes when encoded, and the queue holds at most " + capacityBytes
                            + " bytes; send it in parts, or give the queue a larger capacityBytes");
        }
    }

    void reserve(long itemBytes) {
        reserve(1, itemBytes);
    }

    void reserve(long places, long placeBytes) {
        reserved += places;
        reservedBytes += placeBytes;
    }

    /** What an item weighs in places that are reserved for it: nothing, if bytes are not limited. */
    long weight(long itemBytes) {
        return capacityBytes == Long.MAX_VALUE ? 0 : itemBytes;
    }

    void release(long places, long placeBytes) {
        reserved -= places;
        reservedBytes -= placeBytes;
    }

    void add(Item item) {
        items.add(item);
        bytes += item.bytes();
    }

    /** Items come again, before all others. They may exceed the bound for a while. */
    void addFirst(List<Item> back) {
        for (int i = back.size() - 1; i >= 0; i--) {
            addFirst(back.get(i));
        }
    }

    void addFirst(Item back) {
        items.addFirst(back);
        bytes += back.bytes();
    }

    Item first() {
        Item item = items.remove();
        bytes -= item.bytes();
        return item;
    }

    /**
     * Some items from the front: at least one.
     *
     * @param demand for how many somebody waits
     * @param max how many are taken at most
     */
    List<Item> first(int demand, int max) {
        List<Item> taken = new ArrayList<>(Math.min(Math.min(max, items.size()), Mark.MAX_ITEMS));
        long takenBytes = 0;
        for (Item next = items.peek(); next != null && taken.size() < max; next = items.peek()) {
            takenBytes += next.bytes();
            if (!taken.isEmpty() && takenBytes > (taken.size() < demand ? BATCH_BYTES : AHEAD_BYTES)) {
                break;
            }
            taken.add(first());
        }
        return taken;
    }

    /** Drops everything. */
    int clear() {
        int dropped = items.size();
        items.clear();
        bytes = 0;
        return dropped;
    }

    /**
     * How many places one process may have for items that it has not yet: none unless there is plenty of room, since others who need one have to wait for their return; and
     * none if they weigh differently.
     */
    int mostPlacesAhead() {
        if (capacity < SMALLEST_WITH_PLACES_AHEAD || capacityBytes != Long.MAX_VALUE) {
            return 0;
        }
        return (int) Math.min((capacity - items.size() - reserved) / 4, MOST_PLACES_AHEAD);
    }

    /** How many items may run ahead of those who wait for them, in one process, without making the bound meaningless. */
    int mostAhead() {
        return (int) Math.min(capacity / 4, Mark.MAX_ITEMS);
    }

    QueueEngine.Fill fill(long itemsAhead, long placesAhead) {
        long room = capacity == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.max(0, capacity - items.size() - reserved + placesAhead);
        return new QueueEngine.Fill(items.size() + itemsAhead, room);
    }

    QueueEngine.Terms terms() {
        return new QueueEngine.Terms(capacity, capacityBytes);
    }
}
