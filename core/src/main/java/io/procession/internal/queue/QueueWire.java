package io.procession.internal.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What clients and hosts of queues say to each other: one byte of operation or result, then what is given here. Big-endian. */
final class QueueWire {
    /** Call: {@code int slot, int maxItems, byte wait}. */
    static final byte TAKE = 1;
    /** Call: {@code byte wait}. */
    static final byte RESERVE = 2;
    /** Call. */
    static final byte FILL = 3;

    /** Cast: the item. Uses up a reserved place, if the queue is bounded. */
    static final byte PUT = 16;
    /** Cast: {@code long call}. Of a {@link #TAKE} or {@link #RESERVE} that waits. */
    static final byte CANCEL = 17;
    /** Cast: {@code long call, int from}. Items of a {@link #TAKE} that are not wanted. */
    static final byte GIVE_BACK = 18;
    /** Cast. A reserved place that is not wanted. */
    static final byte RELEASE = 19;
    /** Cast: {@code long call}. The items of a {@link #TAKE} are committed. */
    static final byte ACKNOWLEDGE = 20;

    /** Reply to {@link #TAKE}: {@code int count, count × int length, the items}. */
    static final byte ITEMS = 1;
    /** Reply to {@link #TAKE} or {@link #RESERVE} that does not wait: there is nothing, or no room. */
    static final byte NOTHING = 2;
    /** Reply to {@link #TAKE} or {@link #RESERVE}: it waits no longer. */
    static final byte CANCELLED = 3;
    /** Reply to {@link #RESERVE}: a place is reserved. */
    static final byte GRANTED = 4;
    /** Reply to {@link #FILL}: {@code long items, long room, long capacity}. */
    static final byte FILLED = 5;

    private QueueWire() {}

    static ByteBuffer take(int slot, int maxItems, boolean wait) {
        return ByteBuffer.allocate(10)
                .put(TAKE)
                .putInt(slot)
                .putInt(maxItems)
                .put((byte) (wait ? 1 : 0))
                .flip();
    }

    static ByteBuffer reserve(boolean wait) {
        return ByteBuffer.allocate(2).put(RESERVE).put((byte) (wait ? 1 : 0)).flip();
    }

    static ByteBuffer ofCall(byte operation, long call) {
        return ByteBuffer.allocate(9).put(operation).putLong(call).flip();
    }

    static ByteBuffer giveBack(long call, int from) {
        return ByteBuffer.allocate(13).put(GIVE_BACK).putLong(call).putInt(from).flip();
    }

    static ByteBuffer alone(byte code) {
        return ByteBuffer.allocate(1).put(code).flip();
    }

    static ByteBuffer fill(QueueEngine.Fill fill) {
        return ByteBuffer.allocate(25)
                .put(FILLED)
                .putLong(fill.items())
                .putLong(fill.room())
                .putLong(fill.capacity())
                .flip();
    }

    static QueueEngine.Fill fill(ByteBuffer reply) {
        reply.get();
        return new QueueEngine.Fill(reply.getLong(), reply.getLong(), reply.getLong());
    }

    static ByteBuffer[] items(List<ByteBuffer> items) {
        ByteBuffer head = ByteBuffer.allocate(5 + 4 * items.size()).put(ITEMS).putInt(items.size());
        ByteBuffer[] parts = new ByteBuffer[items.size() + 1];
        parts[0] = head;
        for (int i = 0; i < items.size(); i++) {
            parts[i + 1] = items.get(i).duplicate();
            head.putInt(parts[i + 1].remaining());
        }
        head.flip();
        return parts;
    }

    /** The items of a reply whose result was read. */
    static List<ByteBuffer> items(ByteBuffer reply) {
        int[] lengths = new int[reply.getInt()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = reply.getInt();
        }
        List<ByteBuffer> items = new ArrayList<>(lengths.length);
        for (int length : lengths) {
            items.add(reply.slice(reply.position(), length));
            reply.position(reply.position() + length);
        }
        return items;
    }
}
