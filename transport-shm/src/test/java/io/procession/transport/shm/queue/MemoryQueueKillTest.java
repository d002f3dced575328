package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.ChildJvm;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Real processes on one queue that are killed and stopped wherever they are: no item is lost, none comes twice, and nobody waits for one who is stopped. */
@Guarded
class MemoryQueueKillTest {
    private static final int ROUNDS = 6; // see start
    private static final long SOME = 300;

    private record Worker(int number, boolean puts, ChildJvm process) {}

    private final List<Worker> living = new ArrayList<>();
    private final List<Worker> all = new ArrayList<>();

    @Test
    void nothingIsLostAndNothingComesTwiceWhoeverIsKilledOrStopped(TestDirectory directory) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        Path place = directory.fresh();
        Ledger ledger = Ledger.create(place.resolve("ledger"));
        LockedBytes alive = new LockedBytes(place.resolve("alive"), 1);
        MemoryQueue queue = MemoryQueue.create(
                place, ChildOfQueue.QUEUE, QueueOptions.of(new Bound(200, Long.MAX_VALUE)), 1, alive);
        try {
            for (boolean puts : new boolean[] {true, true, false, false}) {
                start(place, puts);
            }
            for (int round = 0; round < ROUNDS; round++) {
                Worker victim = living.get(random.nextInt(living.size()));
                awaitMore(ledger, List.of(victim), SOME);
                if (random.nextBoolean()) {
                    victim.process.signal("STOP");
                    awaitMore(
                            ledger,
                            living.stream().filter(each -> each != victim).toList(),
                            SOME);
                }
                victim.process.kill();
                living.remove(victim);
                start(place, victim.puts);
            }
            ledger.stop();
            for (Worker worker : living) {
                assertThat(worker.process.hear()).isEqualTo("done");
            }
            queue.recoverDead();
            drain(queue, ledger);
            assertThat(queue.size()).isZero();
            check(ledger);
        } catch (Throwable t) {
            t.addSuppressed(new AssertionError("seed " + seed));
            throw t;
        } finally {
            all.forEach(worker -> worker.process.close());
            queue.close();
            alive.close();
        }
        Files.delete(place.resolve("ledger"));
        Files.delete(place.resolve("alive"));
        assertThat(directory.files()).as("of the queue").isEmpty();
    }

    private void start(Path place, boolean puts) throws IOException {
        // Items of a producer are told from others by its number modulo 8, and nobody starts more producers than that.
        int kind = (int) all.stream().filter(each -> each.puts == puts).count();
        int number = puts ? kind : Ledger.WORKERS / 2 + kind;
        Worker worker =
                new Worker(number, puts, ChildJvm.start(ChildOfQueue.class, place, puts ? "put" : "take", number));
        all.add(worker);
        living.add(worker);
        assertThat(worker.process.hear()).isEqualTo("ready");
    }

    /** Until each of them has done some more; producers only as long as they have something to put. */
    private static void awaitMore(Ledger ledger, List<Worker> workers, long more) throws InterruptedException {
        for (Worker worker : workers) {
            long before = ledger.progress(worker.number);
            Eventually.holds(
                    "worker " + worker.number + " goes on",
                    () -> ledger.progress(worker.number) >= Math.min(before + more, Ledger.ITEMS));
        }
    }

    private static void drain(MemoryQueue queue, Ledger ledger) throws IOException {
        for (Taken taken = queue.poll(true); taken != null; taken = queue.poll(true)) {
            ledger.taken(taken.bytes().getInt());
            taken.commit();
        }
    }

    private void check(Ledger ledger) {
        List<Integer> ambiguous = all.stream()
                .filter(worker -> !worker.puts)
                .map(worker -> (int) ledger.taking(worker.number) - 1)
                .toList();
        for (Worker producer : all.stream().filter(worker -> worker.puts).toList()) {
            long put = ledger.progress(producer.number);
            for (long n = 0; n < Math.min(put + 2, Ledger.ITEMS); n++) {
                int item = ChildOfQueue.item(producer.number, n);
                int times = ledger.timesTaken(item);
                boolean certain = n < put && !ambiguous.contains(item);
                assertThat(times)
                        .as("times that item %s of %s came, of %s", n, producer.number, put)
                        .isBetween(certain ? 1 : 0, n <= put ? 1 : 0);
            }
        }
    }
}
