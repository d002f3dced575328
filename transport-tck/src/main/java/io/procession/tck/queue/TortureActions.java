package io.procession.tck.queue;

import io.procession.queue.Queue;
import io.procession.queue.QueueClosedException;
import io.procession.task.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the children do in the torture, until the queue is shut down. */
final class TortureActions {
    /** Longer than that for which a process gets items ahead. */
    private static final long SLOW_NANOS = 3_000_000;

    private TortureActions() {}

    static Action produce(Queue<Counted> queue, int producer, String ledger, long seed) {
        return () -> {
            PutLedger puts = PutLedger.open(Path.of(ledger));
            Random random = new Random(seed);
            long next = 0;
            try {
                while (true) {
                    int together = random.nextInt(4) == 0 ? 1 + random.nextInt(40) : 1;
                    puts.begun(next + together);
                    if (together == 1) {
                        put(queue, new Counted(producer, next), random);
                    } else {
                        List<Counted> items = new ArrayList<>();
                        for (int i = 0; i < together; i++) {
                            items.add(new Counted(producer, next + i));
                        }
                        queue.putAll(items);
                    }
                    next += together;
                    puts.returned(next);
                }
            } catch (QueueClosedException closed) {
                endedByShutdown(closed);
            }
        };
    }

    private static void put(Queue<Counted> queue, Counted item, Random random) throws InterruptedException {
        switch (random.nextInt(8)) {
            case 0 -> {
                while (!queue.offer(item)) {
                    Thread.onSpinWait();
                }
            }
            case 1 -> {
                while (!queue.offer(item, Duration.ofNanos(50_000))) {
                    Thread.onSpinWait();
                }
            }
            default -> queue.put(item);
        }
    }

    /** Takes in all ways there are, as fast as it can. */
    static Action consume(Queue<Counted> queue, String ledger, String tempo, long seed) {
        return () -> {
            TakenLedger taken = TakenLedger.open(Path.of(ledger));
            Tempo pace = Tempo.open(Path.of(tempo));
            Random random = new Random(seed);
            try {
                while (!taken.isFull()) {
                    for (Counted item : take(queue, random)) {
                        taken.taken(item);
                    }
                    pace.pauseIfCalm();
                }
            } catch (QueueClosedException closed) {
                endedByShutdown(closed);
            }
        };
    }

    /** Takes one by one and so slowly that no item is sent to it before it asks. */
    static Action consumeSlowly(Queue<Counted> queue, String ledger) {
        return () -> {
            TakenLedger taken = TakenLedger.open(Path.of(ledger));
            try {
                while (!taken.isFull()) {
                    taken.taken(queue.take());
                    long until = System.nanoTime() + SLOW_NANOS;
                    while (System.nanoTime() < until) { // a park may end at once
                        LockSupport.parkNanos(until - System.nanoTime());
                    }
                }
            } catch (QueueClosedException closed) {
                endedByShutdown(closed);
            }
        };
    }

    /** What a process does once it is its turn, if that comes before the shutdown. A file says that it waits for it. */
    static Action inTurn(Queue<Boolean> turns, String ready, Action action) {
        return () -> {
            Files.createFile(Path.of(ready));
            try {
                turns.take();
            } catch (QueueClosedException closed) {
                endedByShutdown(closed);
                return;
            }
            action.perform();
        };
    }

    private static List<Counted> take(Queue<Counted> queue, Random random) throws Exception {
        return switch (random.nextInt(16)) {
            case 0 -> queue.drain(1 + random.nextInt(300));
            case 1 -> present(queue.poll());
            case 2 -> present(queue.poll(Duration.ofNanos(random.nextInt(100_000))));
            case 3 -> List.of(later(queue));
            default -> List.of(queue.take());
        };
    }

    private static Counted later(Queue<Counted> queue) throws Exception {
        try {
            return queue.takeAsync().get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof QueueClosedException closed) {
                throw closed;
            }
            throw failure;
        }
    }

    private static List<Counted> present(@Nullable Counted item) {
        return item == null ? List.of() : List.of(item);
    }

    private static void endedByShutdown(QueueClosedException closed) {
        if (closed.reason() != QueueClosedException.Reason.SHUT_DOWN) {
            throw closed;
        }
    }
}
