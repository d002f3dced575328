package io.procession.internal.connection;

import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Memory of large messages that have been decoded, for large messages to come. To a garbage collector a megabyte is a huge object, which it gives pages that were not touched lately, if ever: to fill these with
 * zeros costs more than to copy a message into them. Few pieces are kept, as many as threads decode at once here mostly, and none that the heap has need of. Safe for all threads.
 */
public final class MessageMemory {
    private static final int SMALLEST = 256 << 10;
    private static final int LARGEST = 16 << 20;
    private static final int SPARES = 2;

    private static final AtomicReferenceArray<@Nullable SoftReference<byte[]>> SPARE =
            new AtomicReferenceArray<>(SPARES);

    /** Which of them gives way when all are taken. */
    private static final AtomicInteger OLDEST = new AtomicInteger();

    private MessageMemory() {}

    /** Memory for so many bytes, on the heap from offset 0; what is in it has no meaning. */
    static ByteBuffer take(int bytes) {
        if (bytes >= SMALLEST && bytes <= LARGEST) {
            for (int i = 0; i < SPARES; i++) {
                SoftReference<byte[]> spare = SPARE.get(i);
                byte[] memory = spare == null ? null : spare.get();
                if (memory != null && fits(memory, bytes) && SPARE.compareAndSet(i, spare, null)) {
                    return ByteBuffer.wrap(memory).limit(bytes);
                }
            }
        }
        return ByteBuffer.allocate(bytes);
    }

    /** Not much too large either: a message may be kept for long, and counts for the bytes that it has. */
    private static boolean fits(byte[] memory, int bytes) {
        return memory.length >= bytes && memory.length / 2 <= bytes;
    }

    /**
     * Gives back the memory of a message. What is too small, too large, or only a part of a message is left to the garbage collector.
     *
     * @param message as its {@link MessageHandler} got it; nobody uses it, or a view of it, from now on
     */
    public static void giveBack(ByteBuffer message) {
        if (!message.hasArray() || message.arrayOffset() != 0) {
            return;
        }
        byte[] memory = message.array();
        if (memory.length != message.capacity() || memory.length < SMALLEST || memory.length > LARGEST) {
            return;
        }
        SoftReference<byte[]> mine = new SoftReference<>(memory);
        for (int i = 0; i < SPARES; i++) {
            SoftReference<byte[]> spare = SPARE.get(i);
            if ((spare == null || spare.get() == null) && SPARE.compareAndSet(i, spare, mine)) {
                return;
            }
        }
        // Or two that fit nobody any more would stay for ever.
        SPARE.set(Math.floorMod(OLDEST.getAndIncrement(), SPARES), mine);
    }
}
