package io.procession.transport.shm.queue;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * A file into which one process writes its large items, and which it keeps: no page is touched for the first time by an item. Others only read it. What is lent of it is known to nobody but that process. Guarded
 * by its {@link SegmentPool}, but for the bytes of what is lent, which are the borrower's.
 */
final class Segment {
    /** What is lent begins at a multiple of it. */
    static final int BLOCK_BYTES = 1 << 10;

    static final int NONE = -1;

    private final int number;
    private final ByteBuffer memory;
    private final BitSet lent = new BitSet();

    Segment(int number, ByteBuffer memory) {
        this.number = number;
        this.memory = memory;
    }

    int number() {
        return number;
    }

    ByteBuffer memory() {
        return memory;
    }

    /** The lowest place, which is the likeliest to be in a cache, for so many bytes; {@link #NONE} if there is none. */
    int lend(int bytes) {
        int blocks = blocks(bytes);
        int most = memory.capacity() / BLOCK_BYTES - blocks;
        for (int from = lent.nextClearBit(0); from <= most; ) {
            int to = lent.nextSetBit(from);
            if (to < 0 || to - from >= blocks) {
                lent.set(from, from + blocks);
                return from * BLOCK_BYTES;
            }
            from = lent.nextClearBit(to);
        }
        return NONE;
    }

    void takeBack(int at, int bytes) {
        lent.clear(at / BLOCK_BYTES, at / BLOCK_BYTES + blocks(bytes));
    }

    boolean isIdle() {
        return lent.isEmpty();
    }

    void write(int at, List<ByteBuffer> parts) {
        int to = at;
        for (int i = 0; i < parts.size(); i++) {
            ByteBuffer part = parts.get(i);
            memory.put(to, part, part.position(), part.remaining());
            to += part.remaining();
        }
    }

    private static int blocks(int bytes) {
        return (bytes - 1) / BLOCK_BYTES + 1;
    }
}
