package io.procession.transport.shm.queue;

import io.procession.transport.shm.memory.MappedFile;
import io.procession.transport.shm.memory.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What processes have put and taken for certain, in memory that survives them. */
final class Ledger {
    static final int WORKERS = 64;
    static final int ITEMS = 1 << 18;

    private static final int WORKER_BYTES = 64;
    private static final int TAKEN = WORKER_BYTES * (WORKERS + 1);
    private static final int BYTES = TAKEN + Integer.BYTES * ITEMS * 8;

    private final ByteBuffer memory;

    private Ledger(ByteBuffer memory) {
        this.memory = memory;
    }

    static Ledger create(Path file) throws IOException {
        return new Ledger(MappedFile.create(file, BYTES));
    }

    static Ledger open(Path file) throws IOException {
        return new Ledger(MappedFile.open(file, BYTES));
    }

    void stop() {
        Words.setRelease(memory, WORKERS * WORKER_BYTES, 1);
    }

    /** How many items each producer has. */
    long goal() {
        return Words.getVolatile(memory, WORKERS * WORKER_BYTES + Long.BYTES);
    }

    /** No more than there is room for. */
    void goal(long items) {
        Words.setRelease(memory, WORKERS * WORKER_BYTES + Long.BYTES, Math.min(items, ITEMS));
    }

    boolean isStopped() {
        return Words.getVolatile(memory, WORKERS * WORKER_BYTES) != 0;
    }

    /** How much a worker has done. */
    long progress(int worker) {
        return Words.getVolatile(memory, worker * WORKER_BYTES);
    }

    void progress(int worker, long count) {
        Words.setRelease(memory, worker * WORKER_BYTES, count);
    }

    /** What a worker was just about to take for good, plus one. */
    long taking(int worker) {
        return Words.getVolatile(memory, worker * WORKER_BYTES + Long.BYTES);
    }

    void taking(int worker, long itemPlusOne) {
        Words.setRelease(memory, worker * WORKER_BYTES + Long.BYTES, itemPlusOne);
    }

    void taken(int item) {
        int at = TAKEN + Integer.BYTES * item;
        int times;
        do {
            times = Words.getIntAcquire(memory, at);
        } while (!Words.compareAndSetInt(memory, at, times, times + 1));
    }

    int timesTaken(int item) {
        return Words.getIntAcquire(memory, TAKEN + Integer.BYTES * item);
    }
}
