package io.procession.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.transport.testing.InMemoryTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One queue, some processes, some threads that put and take in all ways there are, and one that interrupts them. All decisions follow from the seed; how the threads interleave
 * does not. Since no process dies, every item whose put returned is taken once, and everybody ends.
 */
final class QueueStorm {
    private static final int ENDS_WITHIN_SECONDS = 60;

    private final long seed;
    private final Random random;
    private final List<QueueProcess> processes = new ArrayList<>();
    private final List<Worker> producers = new ArrayList<>();
    private final List<Worker> consumers = new ArrayList<>();
    private final Queue<Long> queue;
    private final String shape;

    QueueStorm(long seed, Path directory) {
        this.seed = seed;
        this.random = new Random(seed);
        for (int i = 0; i <= 1 + random.nextInt(3); i++) {
            InMemoryTransport transport =
                    random.nextBoolean() ? new InMemoryTransport() : new InMemoryTransport(4 << 10, 4 << 10);
            processes.add(new QueueProcess("process-" + i, directory, transport));
        }
        long capacity = random.nextInt(3) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
        long bytes = random.nextInt(3) == 0 ? 40 + random.nextInt(2000) : Long.MAX_VALUE;
        this.queue = processes.get(0).bounded(capacity, bytes);
        for (int i = 0; i <= random.nextInt(3); i++) {
            producers.add(new Producer(i));
        }
        for (int i = 0; i <= random.nextInt(4); i++) {
            consumers.add(new Consumer());
        }
        this.shape = "seed " + seed + ": " + processes.size() + " processes, " + producers.size() + " producers, "
                + consumers.size() + " consumers, capacity " + capacity + ", bytes " + bytes;
    }

    void run() throws Exception {
        Interrupter interrupter = new Interrupter(random.nextInt(3) == 0);
        try {
            consumers.forEach(Thread::start);
            producers.forEach(Thread::start);
            interrupter.start();
            end(producers);
            queue.shutdown();
            end(consumers);
        } finally {
            interrupter.over = true;
            interrupter.join();
            for (QueueProcess process : processes) {
                process.close();
            }
        }
        account();
    }

    private Queue<Long> anyView() {
        int index = random.nextInt(processes.size());
        return index == 0 ? queue : processes.get(index).receive(queue);
    }

    private void end(List<Worker> workers) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ENDS_WITHIN_SECONDS);
        for (Worker worker : workers) {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            if (worker.isAlive()) {
                StringBuilder stacks = new StringBuilder(shape + ": " + worker.getName() + " hangs");
                for (List<Worker> all : List.of(producers, consumers)) {
                    all.forEach(each -> stacks.append("\n  ")
                            .append(each.getName())
                            .append(' ')
                            .append(each.doing)
                            .append(' ')
                            .append(List.of(each.getStackTrace())));
                }
                throw new AssertionError(stacks);
            }
            if (worker.failure != null) {
                throw new AssertionError(shape + ": " + worker.getName() + ", " + worker.doing, worker.failure);
            }
        }
    }

    private void account() {
        Map<Long, Integer> times = new HashMap<>();
        for (Worker each : consumers) {
            ((Consumer) each).taken.forEach(item -> times.merge(item, 1, Integer::sum));
        }
        int items = 0;
        for (Worker each : producers) {
            for (long item : ((Producer) each).put) {
                assertThat(times).as("%s: item %x is taken once", shape, item).containsEntry(item, 1);
                items++;
            }
        }
        assertThat(times).as("%s: nothing was taken that was not put", shape).hasSize(items);
    }

    /** A thread that lets itself be interrupted while it puts or takes. */
    private abstract class Worker extends Thread {
        final Queue<Long> view = anyView();
        final Random choices = new Random(random.nextLong());
        volatile @Nullable Throwable failure;
        volatile String doing = "nothing";
        private boolean interruptible;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public final void run() {
            try {
                work();
            } catch (QueueClosedException closed) {
                if (closed.reason() != QueueClosedException.Reason.SHUT_DOWN) {
                    failure = closed;
                }
            } catch (Throwable other) {
                failure = other;
            }
        }

        abstract void work() throws Exception;

        synchronized void interruptible(boolean now) {
            interruptible = now;
            if (!now) {
                Thread.interrupted(); // one that came after all was done
            }
        }

        synchronized void interruptIfItMayBe() {
            if (interruptible) {
                interrupt();
            }
        }
    }

    private final class Producer extends Worker {
        final List<Long> put = new ArrayList<>();
        private final long first;

        Producer(int number) {
            super("producer-" + number);
            first = (long) number << 32;
        }

        @Override
        void work() throws Exception {
            int count = 1 + choices.nextInt(600);
            while (put.size() < count) {
                long item = first + put.size();
                int choice = choices.nextInt(10);
                doing = "choice " + choice;
                if (choice == 9) {
                    List<Long> some = new ArrayList<>();
                    for (int i = 0; i <= choices.nextInt(100); i++) {
                        some.add(item + i);
                    }
                    view.putAll(some);
                    put.addAll(some);
                } else if (put(item, choice)) {
                    put.add(item);
                }
            }
        }

        private boolean put(long item, int choice) {
            interruptible(true);
            try {
                return switch (choice) {
                    case 0 -> view.offer(item);
                    case 1 -> view.offer(item, Duration.ofNanos(choices.nextInt(100_000)));
                    default -> {
                        view.put(item);
                        yield true;
                    }
                };
            } catch (InterruptedException notPut) {
                return false;
            } finally {
                interruptible(false);
            }
        }
    }

    private final class Consumer extends Worker {
        final List<Long> taken = new ArrayList<>();

        Consumer() {
            super("consumer");
        }

        @Override
        void work() throws Exception {
            while (true) {
                int choice = choices.nextInt(12);
                doing = "choice " + choice;
                interruptible(true);
                try {
                    taken.addAll(take(choice));
                } catch (InterruptedException nothingTaken) {
                    // goes on
                } finally {
                    interruptible(false);
                }
                if (choices.nextInt(50) == 0) {
                    LockSupport.parkNanos(choices.nextInt(2_000_000)); // a slow one
                }
            }
        }

        private List<Long> take(int choice) throws Exception {
            return switch (choice) {
                case 0, 1 -> view.drain(1 + choices.nextInt(choices.nextBoolean() ? 4 : 700));
                case 2 -> present(view.poll());
                case 3, 4 -> present(view.poll(Duration.ofNanos(choices.nextInt(200_000))));
                case 5 -> later();
                default -> List.of(view.take());
            };
        }

        private List<Long> later() throws Exception {
            CompletableFuture<Long> future = view.takeAsync();
            try {
                return result(future);
            } catch (InterruptedException interrupt) {
                interruptible(false); // the item may be on its way
                return future.cancel(true) ? List.of() : result(future);
            }
        }

        private static List<Long> result(CompletableFuture<Long> future) throws Exception {
            try {
                return List.of(future.get());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof QueueClosedException closed) {
                    throw closed;
                }
                if (failed.getCause() instanceof InterruptedException) {
                    return List.of(); // while it connected
                }
                throw failed;
            }
        }

        private static List<Long> present(@Nullable Long item) {
            return item == null ? List.of() : List.of(item);
        }
    }

    private final class Interrupter extends Thread {
        private final Random choices = new Random(seed);
        private final boolean works;
        volatile boolean over;

        Interrupter(boolean works) {
            super("interrupter");
            this.works = works;
        }

        @Override
        public void run() {
            while (works && !over) {
                LockSupport.parkNanos(100_000);
                List<Worker> some = choices.nextBoolean() ? producers : consumers;
                some.get(choices.nextInt(some.size())).interruptIfItMayBe();
            }
        }
    }
}
