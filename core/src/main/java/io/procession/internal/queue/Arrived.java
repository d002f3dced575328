package io.procession.internal.queue;

import java.nio.ByteBuffer;

/** The items of one answer of the host. Guarded by the lock of {@link Takers}. */
final class Arrived {
    final Mark mark;
    final long call;
    final int bytes;
    /** Whether the host had more. */
    final boolean more;

    private final ByteBuffer[] items;
    private int handed;
    private int end;
    private int open;

    Arrived(Mark mark, long call, ByteBuffer[] items, int bytes, boolean more) {
        this.mark = mark;
        this.call = call;
        this.items = items;
        this.bytes = bytes;
        this.more = more;
        this.end = items.length;
        this.open = items.length;
        mark.begin(call);
    }

    /** How many no thread has got yet. */
    int left() {
        return end - handed;
    }

    /** Hands over the next of them; returns the index of the first. */
    int hand(int count) {
        int from = handed;
        handed += count;
        mark.handed(handed);
        return from;
    }

    /** Cuts off what no thread has got; returns the index of the first. */
    int cut() {
        open -= end - handed;
        end = handed;
        return handed;
    }

    ByteBuffer item(int index) {
        return items[index].duplicate();
    }

    long bytes(int from, int count) {
        long sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += items[i].remaining();
        }
        return sum;
    }

    /** An item that was handed over is taken for good. */
    void commit(int index) {
        mark.commit(index);
        open--;
    }

    /** Some items that were handed over are given back. */
    void giveBack(int count) {
        open -= count;
    }

    /** Whether nothing of it is with anybody here. */
    boolean isOver() {
        return open == 0;
    }
}
