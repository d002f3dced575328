package io.procession.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.ShapeTable;
import io.procession.internal.queue.HostedQueue;
import io.procession.internal.queue.WatchedQueue;
import io.procession.testing.Eventually;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The order that is promised though producers and consumers die: whoever takes gets the items of one producer as it put them, but for those that come again. Which these are only the host knows, so the
 * processes are simulated in this JVM, and the host tells.
 */
@Timeout(300)
class QueueOrderTest {
    private static final int PRODUCERS = 3;
    private static final int CONSUMERS = 3;
    private static final int KILLS = 60;
    private static final int NUMBER_BITS = 32;

    @TempDir
    Path directory;

    private final Set<Long> comesAgain = ConcurrentHashMap.newKeySet();
    private final LongAdder taken = new LongAdder();
    private final List<Member> all = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void itemsThatDoNotComeAgainAreInTheOrderOfTheirProducer(long seed) throws Exception {
        Random random = new Random(seed);
        try (QueueProcess owner = new QueueProcess("owner", directory)) {
            HostedQueue.Form form = new HostedQueue.Form(200, Long.MAX_VALUE, false, QueueResolver.class.getName());
            Queue<Long> queue =
                    FamilyQueue.of(WatchedQueue.host(owner.hosting, form, item -> comesAgain.add(decode(item))));
            List<Member> living = new ArrayList<>();
            for (int i = 0; i < PRODUCERS + CONSUMERS; i++) {
                living.add(start(queue, i < PRODUCERS, random));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                long enough = taken.sum() + random.nextInt(2000);
                Eventually.holds("items flow", () -> taken.sum() > enough);
                int victim = random.nextInt(living.size());
                living.get(victim).kill();
                living.set(victim, start(queue, victim < PRODUCERS, random));
            }
            queue.shutdown();
            for (Member each : all) {
                each.end();
            }
        }
        account();
    }

    private static long decode(ByteBuffer item) {
        Object decoded = Codec.standard().decode(item, new ShapeTable());
        return (Long) decoded;
    }

    private Member start(Queue<Long> queue, boolean produces, Random random) {
        QueueProcess process = new QueueProcess("member-" + all.size(), directory);
        Queue<Long> view = process.receive(queue);
        Random choices = new Random(random.nextLong());
        long first = (long) all.size() << NUMBER_BITS;
        Member member = produces ? new Producer(process, view, choices, first) : new Consumer(process, view, choices);
        all.add(member);
        member.start();
        return member;
    }

    private void account() {
        Set<Long> seen = new HashSet<>();
        for (Member each : all) {
            if (each instanceof Consumer consumer) {
                Map<Long, Long> last = new HashMap<>();
                for (long item : consumer.items) {
                    if (!comesAgain.contains(item)) {
                        assertThat(seen.add(item))
                                .as("item %x comes once", item)
                                .isTrue();
                        Long before = last.put(item >>> NUMBER_BITS, item);
                        assertThat(before == null ? -1 : before)
                                .as("what comes before item %x", item)
                                .isLessThan(item);
                    }
                }
            }
        }
    }

    /** A process with one thread. */
    private abstract static class Member extends Thread {
        final Queue<Long> queue;
        final Random random;
        private final QueueProcess process;
        private volatile boolean killed;
        private volatile @Nullable Throwable failure;

        Member(QueueProcess process, Queue<Long> queue, Random random) {
            this.process = process;
            this.queue = queue;
            this.random = random;
            setDaemon(true);
        }

        @Override
        public final void run() {
            try {
                while (!killed) {
                    act();
                }
            } catch (Exception | Error end) {
                failure = killed || isShutdown(end) || isShutdown(end.getCause()) ? null : end;
            }
        }

        private static boolean isShutdown(@Nullable Throwable end) {
            return end instanceof QueueClosedException closed
                    && closed.reason() == QueueClosedException.Reason.SHUT_DOWN;
        }

        abstract void act() throws Exception;

        /** What the host has not heard by now it never will; the thread is only let go. */
        void kill() {
            killed = true;
            process.kill();
            interrupt();
        }

        void end() throws InterruptedException {
            join(TimeUnit.SECONDS.toMillis(60));
            assertThat(isAlive()).as("somebody hangs").isFalse();
            assertThat(failure).isNull();
            process.close();
        }
    }

    private static final class Producer extends Member {
        private long next;

        Producer(QueueProcess process, Queue<Long> queue, Random random, long first) {
            super(process, queue, random);
            next = first;
        }

        @Override
        void act() throws Exception {
            if (random.nextInt(4) == 0) {
                List<Long> some = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(40); i++) {
                    some.add(next++);
                }
                queue.putAll(some);
            } else if (random.nextInt(8) > 0 || !queue.offer(next, Duration.ofNanos(50_000))) {
                queue.put(next++);
            } else {
                next++;
            }
        }
    }

    private final class Consumer extends Member {
        private final List<Long> items = new ArrayList<>();

        Consumer(QueueProcess process, Queue<Long> queue, Random random) {
            super(process, queue, random);
        }

        @Override
        void act() throws Exception {
            int before = items.size();
            switch (random.nextInt(16)) {
                case 0 -> items.addAll(queue.drain(1 + random.nextInt(300)));
                case 1 -> addIfAny(queue.poll());
                case 2 -> addIfAny(queue.poll(Duration.ofNanos(random.nextInt(100_000))));
                case 3 -> items.add(queue.takeAsync().get());
                default -> items.add(queue.take());
            }
            taken.add(items.size() - before);
        }

        private void addIfAny(@Nullable Long item) {
            if (item != null) {
                items.add(item);
            }
        }
    }
}
