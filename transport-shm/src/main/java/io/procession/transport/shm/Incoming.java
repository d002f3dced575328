package io.procession.transport.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a link receives, frame by frame, and the room it gives back. For the loop. */
final class Incoming {
    private final RingReader ring;
    private final SegmentReader segments;
    private final SleepFlag writerWaits;
    private final Doorbell doorbell;
    private final int batchBytes;
    private int consumedBytes;

    Incoming(LinkMemory memory, Doorbell doorbell) {
        this.segments = memory.segmentReader();
        this.ring = memory.reader(segments);
        this.writerWaits = memory.writerWaits(memory.inbound());
        this.doorbell = doorbell;
        this.batchBytes = memory.geometry().ringBytes() / 4;
    }

    /** Whether there is something to take. */
    boolean refresh() throws IOException {
        return ring.refresh();
    }

    /** The next frame of those that {@link #refresh} has found, valid until {@link #done}; null if there is none. */
    @Nullable
    ByteBuffer next() throws IOException {
        ByteBuffer frame = ring.next();
        if (frame != null) {
            consumedBytes += frame.remaining();
        }
        return frame;
    }

    void done() {
        ring.done();
        if (consumedBytes >= batchBytes) {
            release();
        }
    }

    /** Gives the room of what is done back, and rings if the writer sleeps for it. */
    void release() {
        consumedBytes = 0;
        ring.release();
        if (writerWaits.mustRing()) {
            doorbell.ring();
        }
    }

    /** Removes files of frames that were never taken. */
    void close() {
        segments.close();
    }
}
