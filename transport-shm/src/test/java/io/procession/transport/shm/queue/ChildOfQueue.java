package io.procession.transport.shm.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that puts or takes until the ledger says stop. Arguments: directory, {@code put} or {@code take}, its number among the workers, and {@code polls}, {@code sleeps} or {@code trusts}, which sleeps and looks
 * only when it is rung at.
 */
final class ChildOfQueue {
    static final String QUEUE = "q";
    private static final long PAUSE_NANOS = 50_000;
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int LARGE_BYTES = 1000;

    /** Room for a few, so that there are those in segments and those with files of their own. */
    static final long SEGMENT_BYTES = 8 << 10;

    /** The inboxes of processes with such incarnations. */
    static Inboxes inboxes(Path directory, long me) {
        return new Inboxes(who -> directory.resolve(QUEUE + ".i" + who), me);
    }

    private final Ledger ledger;
    private final MemoryQueue memory;
    private final int number;
    private final long waitNanos;
    private final WaitingQueue queue;

    private ChildOfQueue(Path directory, int number, String manner) throws IOException {
        this.ledger = Ledger.open(directory.resolve("ledger"));
        this.number = number;
        long incarnation = 1000 + number;
        this.memory = MemoryQueue.attach(
                directory, QUEUE, incarnation, new LockedBytes(directory.resolve("alive"), incarnation));
        Inboxes inboxes = inboxes(directory, incarnation);
        switch (manner) {
            case "polls" -> {
                waitNanos = 0;
                queue = new WaitingQueue(memory, inboxes);
            }
            case "sleeps" -> {
                waitNanos = WAIT_NANOS;
                queue = new WaitingQueue(memory, inboxes);
            }
            default -> {
                waitNanos = HOUR_NANOS;
                queue = new WaitingQueue(memory, inboxes, HOUR_NANOS);
            }
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ChildOfQueue child = new ChildOfQueue(Path.of(arguments[0]), Integer.parseInt(arguments[2]), arguments[3]);
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
        int bytes = item % 11 == 0 ? LARGE_BYTES : Integer.BYTES * (1 + item % 8);
        ByteBuffer encoded = ByteBuffer.allocate(bytes);
        while (encoded.hasRemaining()) {
            encoded.putInt(item);
        }
        return encoded.rewind();
    }

    /** The item, which must be whole: nobody may have written over it while it was read. */
    static int decode(ByteBuffer bytes) {
        int item = bytes.getInt(bytes.position());
        if (!bytes.equals(encode(item))) {
            throw new IllegalStateException("item " + item + " is not as it was put");
        }
        return item;
    }

    private void put() throws IOException, InterruptedException {
        for (long n = 0; mayPut(n); n++) {
            List<ByteBuffer> item = List.of(encode(item(number, n)));
            while (queue.put(item, waitNanos) != MemoryQueue.Put.DONE) {
                pause();
                if (ledger.isStopped()) {
                    return;
                }
            }
            ledger.progress(number, n + 1);
        }
    }

    /** Whether there is one more to put; who sleeps on the queue ends at the goal, others wait until it moves on. */
    private boolean mayPut(long n) {
        while (n >= ledger.goal() && waitNanos != HOUR_NANOS && !ledger.isStopped()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return n < ledger.goal() && !ledger.isStopped();
    }

    private void take() throws IOException, InterruptedException {
        for (long n = 0; ; ) {
            WaitingQueue.Take take = queue.take(waitNanos);
            if (take != null && take.end() != null) {
                return;
            }
            Taken taken = take == null ? null : take.item();
            if (taken == null) {
                if (ledger.isStopped()) {
                    return;
                }
                pause();
            } else {
                take(taken);
                ledger.progress(number, ++n);
            }
        }
    }

    private void take(Taken taken) {
        int item = decode(taken.bytes());
        ledger.taking(number, item + 1L);
        queue.commit(taken);
        ledger.taken(item);
        ledger.taking(number, 0);
    }

    private void pause() {
        if (waitNanos == 0) {
            queue.recoverDead();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
