package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.process.Process;
import io.procession.queue.Queue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Producers and consumers in processes of their own, of which one after the other is killed or stopped at a random moment and replaced; afterwards every item is accounted for, by
 * ledgers in memory that survives those who wrote it.
 */
final class Torture {
    private static final int EACH = 4;
    /** Fewer of a kind are left alone, so that something flows. */
    private static final int FEWEST = EACH / 2;

    private static final int MEAN_PAUSE_MILLIS = 50;

    private enum Role {
        PRODUCER,
        CONSUMER
    }

    /** Who takes. */
    enum Consumers {
        /** As many as produce, killed and stopped as they are. What came back from one keeps no place in the order. */
        MORTAL(EACH),
        /** One that nobody touches, and so must see the items of each producer in their order: nothing comes back, or only to itself. */
        LONELY(1);

        private final int count;

        Consumers(int count) {
            this.count = count;
        }
    }

    private static final class Participant {
        final Role role;
        final int number;
        final Path ledger;
        final Process process;
        boolean killed;

        Participant(Role role, int number, Path ledger, Process process) {
            this.role = role;
            this.number = number;
            this.ledger = ledger;
            this.process = process;
        }

        /** One that is stopped for long before that is given up by its owner, and says so. */
        boolean isConnected() throws IOException {
            return role == Role.PRODUCER ? PutLedger.returned(ledger) > 0 : TakenLedger.isBegun(ledger);
        }

        boolean isBegun() throws IOException {
            return role == Role.PRODUCER ? PutLedger.begun(ledger) > 0 : TakenLedger.isBegun(ledger);
        }
    }

    private final Queue<Counted> queue;
    private final Path directory;
    private final Random random;
    private final Consumers consumers;
    private final List<Participant> all = new ArrayList<>();
    private final List<Participant> living = new ArrayList<>();
    private final Set<Participant> stopped = new HashSet<>();

    Torture(Queue<Counted> queue, Consumers consumers, Path directory, long seed) {
        this.queue = queue;
        this.consumers = consumers;
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** Runs, ends everybody in peace, and accounts. Returns a summary. */
    String run(Duration duration) throws Exception {
        int kills = 0;
        int stops = 0;
        try {
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end) {
                replace();
                // A random moment, not a wait for anything.
                LockSupport.parkNanos(random.nextInt(2 * MEAN_PAUSE_MILLIS) * 1_000_000L);
                continueOne();
                Participant victim = victim();
                if (victim == null) {
                    continue;
                }
                if (random.nextInt(8) == 0 && victim.isConnected()) {
                    signal("-STOP", victim.process.pid());
                    stopped.add(victim);
                    stops++;
                } else {
                    kill(victim);
                    kills++;
                }
            }
            for (Participant each : stopped) {
                signal("-CONT", each.process.pid());
            }
            queue.shutdown();
            for (Participant each : living) {
                each.process.join();
                assertThat(each.process.exitCode())
                        .as("%s %d", each.role, each.number)
                        .hasValue(0);
            }
            assertThat(queue.isEmpty()).as("nothing is left in the queue").isTrue();
        } finally {
            for (Participant each : all) {
                each.process.kill();
                each.process.close();
            }
        }
        double seconds = duration.toMillis() / 1000.0;
        return String.format(
                "%d kills (one each %.0f ms), %d stops, %d processes, %s",
                kills, 1000 * seconds / Math.max(1, kills), stops, all.size(), new Account().check());
    }

    private void replace() throws InterruptedException {
        for (Participant each : List.copyOf(living)) {
            if (!each.process.isAlive()) {
                each.process.join();
                assertThat(each.process.exitCode())
                        .as("%s %d", each.role, each.number)
                        .hasValue(0); // its ledger was full
                living.remove(each);
            }
        }
        for (Role role : Role.values()) {
            int wanted = role == Role.CONSUMER ? consumers.count : EACH;
            while (living.stream().filter(each -> each.role == role).count() < wanted) {
                start(role);
            }
        }
    }

    private void start(Role role) {
        int number = all.size();
        Path ledger = directory.resolve(role + "-" + number);
        long seed = random.nextLong();
        String file = ledger.toString();
        Process process = Process.builder()
                .jvmArgs("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") // they will not live long
                .start(
                        role == Role.PRODUCER
                                ? TortureActions.produce(queue, number, file, seed)
                                : TortureActions.consume(queue, file, seed));
        Participant started = new Participant(role, number, ledger, process);
        all.add(started);
        living.add(started);
    }

    /** Somebody who is in the middle of it; null as long as too few are, so that something flows. */
    private @Nullable Participant victim() throws IOException {
        List<Participant> begun = new ArrayList<>();
        for (Participant each : living) {
            if (!stopped.contains(each) && each.isBegun()) {
                begun.add(each);
            }
        }
        for (Role role : Role.values()) {
            long flowing = begun.stream().filter(each -> each.role == role).count();
            if (flowing < (role == Role.CONSUMER ? Math.min(FEWEST, consumers.count) : FEWEST)) {
                return null;
            }
        }
        if (consumers == Consumers.LONELY) {
            begun.removeIf(each -> each.role == Role.CONSUMER);
        }
        return begun.get(random.nextInt(begun.size()));
    }

    private void continueOne() throws Exception {
        if (!stopped.isEmpty() && random.nextInt(4) == 0) {
            Participant one = stopped.iterator().next();
            stopped.remove(one);
            if (random.nextBoolean()) {
                signal("-CONT", one.process.pid());
            } else {
                kill(one);
            }
        }
    }

    private void kill(Participant victim) throws InterruptedException {
        victim.killed = true;
        victim.process.kill();
        victim.process.join();
        living.remove(victim);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", name, Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** What the ledgers say. */
    private final class Account {
        private final Map<Integer, BitSet> taken = new HashMap<>();
        /** Decoded by a consumer that was killed before it could say whether it had taken them. */
        private final Map<Integer, BitSet> perhaps = new HashMap<>();

        private long items;
        private long late;

        String check() throws IOException {
            for (Participant each : all) {
                if (each.role == Role.CONSUMER) {
                    read(each);
                }
            }
            long unsure = 0;
            for (Participant each : all) {
                if (each.role == Role.PRODUCER) {
                    unsure += check(each);
                }
            }
            return items + " items, each taken once; " + unsure + " in the hands of a killed consumer, " + late
                    + " out of order after they came back";
        }

        private void read(Participant consumer) throws IOException {
            Set<Counted> open = new HashSet<>();
            Map<Integer, Long> last = new HashMap<>();
            TakenLedger.read(consumer.ledger, new TakenLedger.Reader() {
                @Override
                public void decoded(int producer, long number) {
                    open.add(new Counted(producer, number));
                }

                @Override
                public void taken(int producer, long number) {
                    assertThat(bits(taken, producer).get((int) number))
                            .as("item %d of producer %d comes twice", number, producer)
                            .isFalse();
                    bits(taken, producer).set((int) number);
                    open.remove(new Counted(producer, number));
                    items++;
                    if (last.merge(producer, number, Math::max) != number) {
                        assertThat(consumers)
                                .as("item %d of producer %d comes after item %d", number, producer, last.get(producer))
                                .isNotEqualTo(Consumers.LONELY);
                        late++;
                    }
                }
            });
            assertThat(open.isEmpty() || consumer.killed)
                    .as("what it decoded it took")
                    .isTrue();
            open.forEach(each -> bits(perhaps, each.producer()).set((int) each.number()));
        }

        private long check(Participant producer) throws IOException {
            long begun = PutLedger.begun(producer.ledger);
            long returned = PutLedger.returned(producer.ledger);
            BitSet seen = bits(taken, producer.number);
            assertThat((long) seen.length())
                    .as("nothing comes that was not put")
                    .isLessThanOrEqualTo(begun);
            long unsure = 0;
            for (long i = 0; i < returned; i++) {
                if (!seen.get((int) i)) {
                    assertThat(bits(perhaps, producer.number).get((int) i))
                            .as(
                                    "item %d of producer %d is lost, of %d whose put returned",
                                    i, producer.number, returned)
                            .isTrue();
                    unsure++;
                }
            }
            return unsure;
        }

        private BitSet bits(Map<Integer, BitSet> of, int producer) {
            return of.computeIfAbsent(producer, key -> new BitSet());
        }
    }
}
