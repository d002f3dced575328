package io.procession.transport.shm.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that puts or takes until the ledger says stop. Arguments: directory, {@code put} or {@code take}, its number among the workers. */
final class ChildOfQueue {
    static final String QUEUE = "q";
    private static final long PAUSE_NANOS = 50_000;
    private static final int LARGE_BYTES = 1000;

    private final Ledger ledger;
    private final MemoryQueue queue;
    private final int number;

    private ChildOfQueue(Path directory, int number) throws IOException {
        this.ledger = Ledger.open(directory.resolve("ledger"));
        this.number = number;
        long incarnation = 1000 + number;
        this.queue = MemoryQueue.attach(
                directory, QUEUE, incarnation, new LockedBytes(directory.resolve("alive"), incarnation));
    }

    public static void main(String[] arguments) throws IOException {
        ChildOfQueue child = new ChildOfQueue(Path.of(arguments[0]), Integer.parseInt(arguments[2]));
        System.out.println("ready");
        if (arguments[1].equals("put")) {
            child.put();
        } else {
            child.take();
        }
        System.out.println("done");
    }

    /** The n-th item of a producer. */
    static int item(int producer, long n) {
        return (int) (n * 8 + producer % 8);
    }

    static ByteBuffer encode(int item) {
        int bytes = item % 61 == 0 ? LARGE_BYTES : Integer.BYTES + item % 32;
        return ByteBuffer.allocate(bytes).putInt(item).position(0);
    }

    private void put() throws IOException {
        for (long n = 0; n < Ledger.ITEMS && !ledger.isStopped(); n++) {
            ByteBuffer item = encode(item(number, n));
            while (queue.offer(item) != MemoryQueue.Put.DONE) {
                pause();
                if (ledger.isStopped()) {
                    return;
                }
            }
            ledger.progress(number, n + 1);
        }
    }

    private void take() throws IOException {
        for (long n = 0; ; ) {
            Taken taken = queue.poll(false);
            if (taken == null) {
                if (ledger.isStopped()) {
                    return;
                }
                pause();
                continue;
            }
            int item = taken.bytes().getInt();
            ledger.taking(number, item + 1L);
            taken.commit();
            ledger.taken(item);
            ledger.taking(number, 0);
            ledger.progress(number, ++n);
        }
    }

    private void pause() {
        queue.recoverDead();
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
