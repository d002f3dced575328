package io.procession.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.process.Process;
import io.procession.queue.Queue;
import io.procession.task.Action;
import io.procession.testing.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Producers and consumers in processes of their own, of which one after the other is killed or stopped at a random moment, every {@value #MEAN_PAUSE_MILLIS} ms on average, and replaced; afterwards every
 * item is accounted for, by ledgers in memory that survives those who wrote it.
 *
 * <p>A JVM takes longer to start than that, so whoever is killed is replaced by one that was started ahead. When there are no more of these, nobody is killed until there are again; meanwhile consumers take
 * it easy, so that this does not take long.
 *
 * <p><b>Order.</b> The items of one producer come to a consumer as they were put, except those that come again. Which these are is seen here only of consumers that have one item at a time, or are not
 * killed; for all others a test of the host says it, in one process.
 */
final class Torture {
    private static final int EACH = 4;
    /** Fewer of a kind are left alone, so that something flows. */
    private static final int FEWEST = EACH / 2;

    private static final int MEAN_PAUSE_MILLIS = 50;

    /** So many of each kind are started ahead. */
    private static final int SPARES = 4;

    /** So many of them wait for their turn when the killing begins. */
    private static final int ENOUGH_SPARES = 2;

    private static final long LOOK_NANOS = 2_000_000;

    private enum Role {
        PRODUCER,
        CONSUMER
    }

    /** Who takes. */
    enum Consumers {
        /** As many as produce, killed and stopped as they are. */
        MORTAL(EACH),
        /** The same, but so slow that each has one item at a time: of those out of order, no more came again than consumers were killed. */
        SLOW(EACH),
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
        final Path ready;
        final Process process;
        boolean killed;

        Participant(Role role, int number, Path ledger, Path ready, Process process) {
            this.role = role;
            this.number = number;
            this.ledger = ledger;
            this.ready = ready;
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
    private final Queue<Boolean> turnsToProduce;
    private final Queue<Boolean> turnsToConsume;
    private final Path directory;
    private final Tempo tempo;
    private final Random random;
    private final Consumers consumers;
    private final List<Participant> all = new ArrayList<>();
    private final List<Participant> living = new ArrayList<>();
    private final Set<Participant> stopped = new HashSet<>();
    private int kills;
    private int stops;
    private long killingNanos;

    Torture(Queue<Counted> queue, String transport, Consumers consumers, Path directory, long seed) throws IOException {
        this.queue = queue;
        this.consumers = consumers;
        this.directory = directory;
        this.tempo = Tempo.open(directory.resolve("tempo"));
        this.random = new Random(seed);
        this.turnsToProduce = Queue.<Boolean>builder().transport(transport).create();
        this.turnsToConsume = Queue.<Boolean>builder().transport(transport).create();
    }

    /** Runs, ends everybody in peace, and accounts. Returns a summary. */
    String run(Duration duration) throws Exception {
        try {
            for (Role role : Role.values()) {
                turns(role).putAll(Collections.nCopies(count(role), true));
            }
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end) {
                prepare(end);
                killOneAfterTheOther(end);
            }
            for (Participant each : stopped) {
                Signal.send("CONT", each.process.pid());
            }
            turnsToProduce.shutdown();
            turnsToConsume.shutdown();
            queue.shutdown();
            for (Participant each : all) {
                each.process.join();
                if (!each.killed) {
                    requireWell(each);
                }
            }
            assertThat(queue.isEmpty()).as("nothing is left in the queue").isTrue();
        } finally {
            for (Participant each : all) {
                each.process.kill();
                each.process.close();
            }
            turnsToProduce.close();
            turnsToConsume.close();
        }
        return String.format(
                "%d kills, one each %.0f ms while there was somebody to replace them, %.0f ms on the whole, %d stops, %d processes, %s",
                kills,
                millisEach(killingNanos, kills),
                millisEach(duration.toNanos(), kills),
                stops,
                all.size(),
                new Account().check());
    }

    private static double millisEach(long nanos, int count) {
        return nanos / 1e6 / Math.max(1, count);
    }

    private Queue<Boolean> turns(Role role) {
        return role == Role.PRODUCER ? turnsToProduce : turnsToConsume;
    }

    private int count(Role role) {
        return role == Role.CONSUMER ? consumers.count : EACH;
    }

    private int spares(Role role) {
        return role == Role.CONSUMER && consumers == Consumers.LONELY ? 0 : SPARES;
    }

    /** Waits until some wait for their turn. */
    private void prepare(long end) throws InterruptedException {
        tempo.setCalm(true);
        while (System.nanoTime() < end && !isPrepared()) {
            replace();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        tempo.setCalm(false);
    }

    private boolean isPrepared() {
        for (Role role : Role.values()) {
            if (readySpares(role) < Math.min(spares(role), ENOUGH_SPARES)) {
                return false;
            }
        }
        return true;
    }

    private long readySpares(Role role) {
        return living.stream()
                        .filter(each -> each.role == role && Files.exists(each.ready))
                        .count()
                - count(role);
    }

    private void killOneAfterTheOther(long end) throws Exception {
        long begin = System.nanoTime();
        long next = begin;
        while (next < end && hasSpares()) {
            next += random.nextInt(2 * MEAN_PAUSE_MILLIS) * 1_000_000L;
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left); // a random moment, not a wait for anything
            }
            continueOne();
            Participant victim = victim();
            while (victim == null && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_NANOS);
                continueOne();
                victim = victim();
            }
            if (victim != null && random.nextInt(8) == 0 && victim.isConnected()) {
                Signal.send("STOP", victim.process.pid());
                stopped.add(victim);
                stops++;
            } else if (victim != null) {
                kill(victim);
            }
        }
        killingNanos += System.nanoTime() - begin;
    }

    private boolean hasSpares() {
        for (Role role : Role.values()) {
            if (spares(role) > 0 && readySpares(role) <= 0) {
                return false;
            }
        }
        return true;
    }

    private long living(Role role) {
        return living.stream().filter(each -> each.role == role).count();
    }

    private void replace() throws InterruptedException {
        for (Participant each : List.copyOf(living)) {
            if (!each.process.isAlive()) {
                each.process.join();
                requireWell(each); // its ledger was full
                leave(each);
            }
        }
        for (Role role : Role.values()) {
            while (living(role) < count(role) + spares(role)) {
                start(role);
            }
        }
    }

    private static void requireWell(Participant ended) {
        assertThat(ended.process.exitCode())
                .as("%s %d", ended.role, ended.number)
                .hasValue(0);
    }

    /** It is somebody else's turn. */
    private void leave(Participant gone) throws InterruptedException {
        living.remove(gone);
        turns(gone.role).put(true);
    }

    private void start(Role role) {
        int number = all.size();
        Path ledger = directory.resolve(role + "-" + number);
        Path ready = directory.resolve(role + "-" + number + ".ready");
        Process process = Process.builder()
                .jvmArgs("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") // they will not live long
                .start(TortureActions.inTurn(turns(role), ready.toString(), action(role, number, ledger)));
        Participant started = new Participant(role, number, ledger, ready, process);
        all.add(started);
        living.add(started);
    }

    private Action action(Role role, int number, Path ledger) {
        long seed = random.nextLong();
        String file = ledger.toString();
        if (role == Role.PRODUCER) {
            return TortureActions.produce(queue, number, file, seed);
        }
        return consumers == Consumers.SLOW
                ? TortureActions.consumeSlowly(queue, file)
                : TortureActions.consume(queue, file, directory.resolve("tempo").toString(), seed);
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
            if (flowing < Math.min(FEWEST, count(role))) {
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
                Signal.send("CONT", one.process.pid());
            } else {
                kill(one);
            }
        }
    }

    private void kill(Participant victim) throws InterruptedException {
        victim.killed = true;
        victim.process.kill();
        leave(victim);
        kills++;
    }

    /** What the ledgers say. */
    private final class Account {
        private final Map<Integer, BitSet> taken = new HashMap<>();
        /** Decoded by a consumer that was killed before it could say whether it had taken them. */
        private final Map<Integer, BitSet> perhaps = new HashMap<>();

        private long items;
        private long late;
        /** Consumers that were killed when they may have been given an item and not have looked at it. */
        private long emptyHanded;

        String check() throws IOException {
            for (Participant each : all) {
                if (each.role == Role.CONSUMER) {
                    read(each);
                }
            }
            for (Participant each : all) {
                if (each.role == Role.CONSUMER) {
                    checkOrder(each);
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
                }
            });
            assertThat(open.isEmpty() || consumer.killed)
                    .as("what it decoded it took")
                    .isTrue();
            emptyHanded += consumer.killed && open.isEmpty() ? 1 : 0;
            open.forEach(each -> bits(perhaps, each.producer()).set((int) each.number()));
        }

        /** What a consumer that was killed had decoded, and others took, came again. Of the rest, so much is out of order as came again unseen. */
        private void checkOrder(Participant consumer) throws IOException {
            Map<Integer, Long> last = new HashMap<>();
            TakenLedger.read(consumer.ledger, new TakenLedger.Reader() {
                @Override
                public void decoded(int producer, long number) {}

                @Override
                public void taken(int producer, long number) {
                    boolean again = bits(perhaps, producer).get((int) number);
                    if (!again && last.merge(producer, number, Math::max) != number) {
                        late++;
                        assertThat(late)
                                .as("item %d of producer %d comes after item %d", number, producer, last.get(producer))
                                .isLessThanOrEqualTo(mostOutOfOrder());
                    }
                }
            });
        }

        private long mostOutOfOrder() {
            return switch (consumers) {
                case LONELY -> 0;
                case SLOW -> emptyHanded;
                case MORTAL -> Long.MAX_VALUE;
            };
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
