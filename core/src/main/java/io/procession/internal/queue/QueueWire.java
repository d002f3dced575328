package io.procession.internal.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What clients and hosts of queues say to each other: one byte of operation or result, then what is given here. Big-endian. */
final class QueueWire {
    /** Call: {@code int slot, int demand, int maxItems, byte wait}. */
    static final byte TAKE = 1;
    /** Call: {@code byte wait, int count, count × long bytes}. Places for items, in this order. */
    static final byte RESERVE = 2;
    /** Call. */
    static final byte FILL = 3;
    /** Call. Before the first item of a client. */
    static final byte OPEN = 4;
    /** Call: {@code byte immediate}. */
    static final byte SHUT_DOWN = 5;
    /** Call: {@code int items}. */
    static final byte TASK_DONE = 6;
    /** Call. */
    static final byte JOIN = 7;
    /** Call: {@code int count, count × int slot}. All that was delivered for these slots is committed or given back, and they will be used for something else. */
    static final byte SETTLE = 8;

    /** Cast: the item. Uses up a reserved place, if the queue is bounded. */
    static final byte PUT = 16;
    /** Cast: {@code long call}. Of a {@link #TAKE}, {@link #RESERVE} or {@link #JOIN} that waits. */
    static final byte CANCEL = 17;
    /** Cast: {@code long call, int from, int count}. Items of a {@link #TAKE} that are not wanted. */
    static final byte GIVE_BACK = 18;
    /** Cast: {@code int places, long bytes}. Reserved places that are not wanted. */
    static final byte RELEASE = 19;
    /** Cast: {@code long call}. The items of a {@link #TAKE} are committed. */
    static final byte ACKNOWLEDGE = 20;
    /** Cast: {@code int count, count × int length, the items}. As many {@link #PUT}. */
    static final byte PUT_MANY = 21;
    /** Cast. Answers {@link #STOP}: the client puts nothing after this, and has given back what it must. */
    static final byte STOPPED = 22;
    /** Cast. Answers {@link #RECALL}, after what is given back for it. */
    static final byte RECALLED = 23;

    /** Cast: {@code int places}. Answers {@link #PLACES}: so many were granted ahead and are not used. */
    static final byte PLACES_BACK = 24;

    /** Reply to {@link #TAKE}: {@code byte more, int count, count × int length, the items}. */
    static final byte ITEMS = 1;
    /** Reply to {@link #TAKE} or {@link #RESERVE} that does not wait: there is nothing, or no room. */
    static final byte NOTHING = 2;
    /** Reply to {@link #CANCEL}: it waits no longer. */
    static final byte CANCELLED = 3;
    /** Reply to {@link #RESERVE}: {@code int count, int ahead}. So many places, from the first on, are reserved, and so many more for items that were not asked for. */
    static final byte GRANTED = 4;
    /** Reply to {@link #FILL}: {@code long items, long room}. */
    static final byte FILLED = 5;
    /** Reply to {@link #OPEN}: {@code long capacity, long capacityBytes}. */
    static final byte OPENED = 6;
    /** Reply to {@link #TAKE}, {@link #RESERVE}, {@link #OPEN}: the queue was shut down. */
    static final byte REFUSED = 7;
    /** Reply to {@link #SHUT_DOWN}, {@link #TASK_DONE}, {@link #SETTLE}. */
    static final byte DONE = 8;
    /** Reply to {@link #TASK_DONE}: {@code long unfinished}. There are only so many. */
    static final byte TOO_MANY = 9;
    /** Reply to {@link #JOIN}: {@code long abandoned}, then in UTF-8 by whom. */
    static final byte JOINED = 10;

    /** Told: {@code byte immediate}. The queue was shut down. */
    static final byte STOP = 1;
    /** Told. Somebody waits for items: what no thread has got yet is wanted back. */
    static final byte RECALL = 2;
    /** Told. Somebody waits for room: places that were granted ahead and are not used are wanted back. */
    static final byte PLACES = 3;

    private QueueWire() {}

    static ByteBuffer take(int slot, int demand, int maxItems, boolean wait) {
        return ByteBuffer.allocate(14)
                .put(TAKE)
                .putInt(slot)
                .putInt(demand)
                .putInt(maxItems)
                .put(flag(wait))
                .flip();
    }

    static ByteBuffer reserve(boolean wait, long[] bytes) {
        ByteBuffer message = ByteBuffer.allocate(6 + Long.BYTES * bytes.length)
                .put(RESERVE)
                .put(flag(wait))
                .putInt(bytes.length);
        for (long each : bytes) {
            message.putLong(each);
        }
        return message.flip();
    }

    static ByteBuffer settle(int[] slots) {
        ByteBuffer message = ByteBuffer.allocate(5 + Integer.BYTES * slots.length)
                .put(SETTLE)
                .putInt(slots.length);
        for (int slot : slots) {
            message.putInt(slot);
        }
        return message.flip();
    }

    static ByteBuffer flagged(byte operation, boolean value) {
        return ByteBuffer.allocate(2).put(operation).put(flag(value)).flip();
    }

    static ByteBuffer ofCall(byte operation, long call) {
        return ByteBuffer.allocate(9).put(operation).putLong(call).flip();
    }

    static ByteBuffer giveBack(long call, int from, int count) {
        return ByteBuffer.allocate(17)
                .put(GIVE_BACK)
                .putLong(call)
                .putInt(from)
                .putInt(count)
                .flip();
    }

    static ByteBuffer release(int places, long bytes) {
        return ByteBuffer.allocate(13)
                .put(RELEASE)
                .putInt(places)
                .putLong(bytes)
                .flip();
    }

    static ByteBuffer counted(byte code, int count) {
        return ByteBuffer.allocate(5).put(code).putInt(count).flip();
    }

    static ByteBuffer granted(int count, int ahead) {
        return ByteBuffer.allocate(9).put(GRANTED).putInt(count).putInt(ahead).flip();
    }

    static ByteBuffer alone(byte code) {
        return ByteBuffer.allocate(1).put(code).flip();
    }

    static ByteBuffer longs(byte code, long... values) {
        ByteBuffer message = ByteBuffer.allocate(1 + Long.BYTES * values.length).put(code);
        for (long value : values) {
            message.putLong(value);
        }
        return message.flip();
    }

    static ByteBuffer joined(Finished how) {
        byte[] by = how.by().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(9 + by.length)
                .put(JOINED)
                .putLong(how.abandoned())
                .put(by)
                .flip();
    }

    static Finished joined(ByteBuffer reply) {
        return new Finished(
                reply.getLong(), StandardCharsets.UTF_8.decode(reply).toString());
    }

    static ByteBuffer[] items(List<Item> items, boolean more) {
        ByteBuffer head = ByteBuffer.allocate(6 + Integer.BYTES * items.size())
                .put(ITEMS)
                .put(flag(more))
                .putInt(items.size());
        List<ByteBuffer> parts = new ArrayList<>(items.size() + 1);
        parts.add(head);
        for (Item item : items) {
            head.putInt(item.bytes());
            parts.addAll(item.parts());
        }
        head.flip();
        return parts.toArray(ByteBuffer[]::new);
    }

    /** What comes before the items of a {@link #PUT_MANY}. */
    static ByteBuffer putMany(int[] lengths) {
        ByteBuffer head = ByteBuffer.allocate(5 + Integer.BYTES * lengths.length)
                .put(PUT_MANY)
                .putInt(lengths.length);
        for (int length : lengths) {
            head.putInt(length);
        }
        return head.flip();
    }

    /** Items with their lengths before them. */
    static ByteBuffer[] items(ByteBuffer message) {
        int count = message.getInt();
        if (count < 0 || count > message.remaining() / Integer.BYTES) {
            throw new IllegalArgumentException("a message of " + message.limit() + " bytes claims " + count + " items");
        }
        ByteBuffer[] items = new ByteBuffer[count];
        int at = message.position() + Integer.BYTES * items.length;
        for (int i = 0; i < items.length; i++) {
            int length = message.getInt();
            items[i] = message.slice(at, length);
            at += length;
        }
        return items;
    }

    private static byte flag(boolean value) {
        return (byte) (value ? 1 : 0);
    }
}
