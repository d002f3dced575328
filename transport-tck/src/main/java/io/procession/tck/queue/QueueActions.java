package io.procession.tck.queue;

import io.procession.process.Process;
import io.procession.queue.JoinableQueue;
import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.task.Action;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** What children do in the queue contracts. Static, so that only what is needed is captured. */
final class QueueActions {
    private QueueActions() {}

    static Action putNumbers(Queue<Integer> queue, int from, int to) {
        return () -> {
            for (int i = from; i < to; i++) {
                queue.put(i);
            }
        };
    }

    /** Puts numbers for ever, and keeps in a file how many puts have returned: nothing is written faster, and it outlives the process. */
    static Action putNumbersAndCount(Queue<Integer> queue, Path counter) {
        return () -> {
            MappedByteBuffer returned;
            try (FileChannel channel = FileChannel.open(counter, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                returned = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
            }
            returned.order(ByteOrder.nativeOrder());
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                queue.put(i);
                returned.putLong(0, i + 1L);
            }
        };
    }

    /** Moves so many items, in order. */
    static Action move(Queue<Integer> from, Queue<Integer> to, int items) {
        return () -> {
            for (int i = 0; i < items; i++) {
                to.put(from.take());
            }
        };
    }

    /** Starts a child that will put, and closes the handle it passed on before the child may do so. */
    static Action closeOwnCopy(Queue<Integer> queue, Queue<String> signals) {
        return () -> {
            Process child = Process.start(() -> {
                signals.take();
                queue.put(31);
            });
            queue.close();
            signals.put("go");
            child.join();
        };
    }

    /** Takes and finishes one item after the other, and keeps in a ledger how far it came, until the queue is shut down. */
    static Action finish(JoinableQueue<Integer> queue, Path file) {
        return () -> {
            DoneLedger ledger = DoneLedger.open(file);
            try {
                while (true) {
                    int item = queue.take();
                    ledger.taken(item);
                    queue.taskDone();
                    ledger.done();
                }
            } catch (QueueClosedException closed) {
                if (closed.reason() != QueueClosedException.Reason.SHUT_DOWN) {
                    throw closed;
                }
            }
        };
    }

    static Action takeOneAndStay(Queue<Integer> from, Queue<Integer> to) {
        return () -> {
            to.put(from.take());
            stay();
        };
    }

    static Action stickTo(Queue<Sticky> queue, Queue<String> signals) {
        return () -> {
            Sticky.stick();
            signals.put("ready");
            queue.take();
            signals.put("taken, which must not be");
        };
    }

    static Action putBytes(Queue<byte[]> queue, int bytes, Queue<String> signals) {
        return () -> {
            signals.put("ready");
            queue.put(pattern(bytes));
        };
    }

    static Action echoBytes(Queue<byte[]> from, Queue<byte[]> to) {
        return () -> to.put(from.take());
    }

    /** Creates a queue here, hands it to who waits for it, and serves until the other side says so. */
    static Action ownQueue(Queue<Queue<Integer>> handOver, Queue<String> until) {
        return () -> {
            try (Queue<Integer> mine = Queue.bounded(3)) {
                handOver.put(mine);
                mine.put(1);
                mine.put(2);
                until.take();
            }
        };
    }

    static Action ownQueueAndStay(Queue<Queue<Integer>> handOver) {
        return () -> {
            Queue<Integer> mine = Queue.create();
            handOver.put(mine);
            stay();
        };
    }

    static Action grandchildPuts(Queue<Integer> queue) {
        return () -> {
            queue.put(1);
            Process.start(putNumbers(queue, 2, 3)).join();
        };
    }

    static Action putFromStaticInitializer(Queue<Integer> queue) {
        return () -> {
            Initializer.queue = queue;
            Initializer.Loaded.touch();
        };
    }

    static Action takeUntilClosed(Queue<Integer> queue, Queue<String> told) {
        return () -> {
            told.put("ready");
            try {
                queue.take();
            } catch (IllegalStateException closed) {
                told.put(closed.getClass().getSimpleName() + ": " + closed.getMessage());
            }
        };
    }

    static byte[] pattern(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i += 1021) {
            content[i] = (byte) i;
        }
        return content;
    }

    static void stay() {
        while (true) {
            LockSupport.park();
        }
    }

    /** A class that uses a queue while it is initialised. */
    private static final class Initializer {
        private static Queue<Integer> queue = Queue.create();

        private Initializer() {}

        private static final class Loaded {
            static {
                try {
                    queue.put(queue.take() + 1);
                } catch (InterruptedException interrupt) {
                    throw new ExceptionInInitializerError(interrupt);
                }
            }

            private Loaded() {}

            static void touch() {
                // Being called is enough.
            }
        }
    }
}
