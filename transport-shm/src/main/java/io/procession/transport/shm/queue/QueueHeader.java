package io.procession.transport.shm.queue;

import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;

/** The words of the header that never change: written by the owner before others know the queue, checked by who attaches before anything else is used. */
record QueueHeader(ByteBuffer memory, QueueOptions options, long owner) {
    static final long MAGIC = 0x50524F4353485131L; // "PROCSHQ1"
    static final int VERSION = 1;

    static QueueHeader create(QueueFiles files, QueueOptions options, long owner) throws IOException {
        MappedByteBuffer memory = files.createHeader(HeaderLayout.bytes(options.slots()));
        Words.setIntRelease(memory, HeaderLayout.VERSION, VERSION);
        Words.setIntRelease(memory, HeaderLayout.CELL_BYTES, options.cellBytes());
        Words.setRelease(memory, HeaderLayout.BOUND_ITEMS, options.bound().items());
        Words.setRelease(memory, HeaderLayout.BOUND_BYTES, options.bound().bytes());
        Words.setRelease(memory, HeaderLayout.OWNER, owner);
        Words.setRelease(memory, HeaderLayout.SLOTS, options.slots());
        Words.setRelease(memory, HeaderLayout.SEGMENT_BYTES, options.segmentBytes());
        // SYNC: last, pairs with the acquire in attach: who sees it sees all words above. What is made after it, the
        // first cells, is ordered by the handle, which nobody else has before the queue is made.
        Words.setRelease(memory, HeaderLayout.MAGIC, MAGIC);
        return new QueueHeader(memory, options, owner);
    }

    static QueueHeader attach(QueueFiles files) throws IOException {
        ByteBuffer memory = files.openHeader();
        // SYNC: first, pairs with the release in create.
        if (Words.getAcquire(memory, HeaderLayout.MAGIC) != MAGIC) {
            throw new IOException(files.name() + " is not the header of a queue");
        }
        int version = Words.getIntAcquire(memory, HeaderLayout.VERSION);
        if (version != VERSION) {
            throw new IOException("the queue " + files.name() + " has version " + version + ", and this library knows "
                    + VERSION + "; use the same version in all processes");
        }
        long slots = Words.getAcquire(memory, HeaderLayout.SLOTS);
        if (slots < 1 || slots > CellState.MAX_OWNER || memory.capacity() != HeaderLayout.bytes((int) slots)) {
            throw new IOException("the queue " + files.name() + " is damaged: " + slots + " slots in a header of "
                    + memory.capacity() + " bytes");
        }
        return new QueueHeader(
                memory, options(files, memory, (int) slots), Words.getAcquire(memory, HeaderLayout.OWNER));
    }

    private static QueueOptions options(QueueFiles files, ByteBuffer memory, int slots) throws IOException {
        Bound bound = new Bound(
                Words.getAcquire(memory, HeaderLayout.BOUND_ITEMS), Words.getAcquire(memory, HeaderLayout.BOUND_BYTES));
        int cellBytes = Words.getIntAcquire(memory, HeaderLayout.CELL_BYTES);
        long fileCount = Words.getAcquire(memory, HeaderLayout.FILES);
        long segmentBytes = Words.getAcquire(memory, HeaderLayout.SEGMENT_BYTES);
        if (bound.items() < 1
                || bound.bytes() < 1
                || fileCount < 1
                || fileCount > Geometry.mostFiles()
                || segmentBytes < 0
                || segmentBytes > QueueOptions.MAX_SEGMENT_BYTES
                || !Geometry.isCellSize(cellBytes)) {
            throw new IOException("the queue " + files.name() + " is damaged: bounds " + bound + ", cells of "
                    + cellBytes + " bytes, " + fileCount + " files, segments of " + segmentBytes + " bytes");
        }
        return new QueueOptions(bound, cellBytes, slots, segmentBytes);
    }
}
