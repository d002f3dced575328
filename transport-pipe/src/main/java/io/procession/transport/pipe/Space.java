package io.procession.transport.pipe;

import io.procession.transport.gather.SendMemory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where small frames lie one behind the other until they are written; perhaps in memory that outlives the process. */
final class Space {
    static final int BYTES = SendMemory.HALF_BYTES;

    final ByteBuffer bytes;
    private final SendMemory.@Nullable Half half;

    private Space(ByteBuffer bytes, SendMemory.@Nullable Half half) {
        this.bytes = bytes;
        this.half = half;
    }

    static Space ofProcess() {
        return new Space(ByteBuffer.allocateDirect(BYTES), null);
    }

    static Space surviving(SendMemory.Half half) {
        return new Space(half.bytes(), half);
    }

    boolean survives() {
        return half != null;
    }

    /**
     * Lets all frames here survive the process.
     *
     * @param start where in the stream the first of them begins
     */
    void keep(long start) {
        SendMemory.Half survivor = half;
        if (survivor != null) {
            survivor.begin(start);
            survivor.count(bytes.position());
        }
    }

    /** What was here is written. */
    void clear() {
        bytes.clear();
        SendMemory.Half survivor = half;
        if (survivor != null) {
            survivor.count(0);
        }
    }
}
