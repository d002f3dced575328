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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes on one queue that are killed and stopped wherever they are: no item is lost, none comes twice, and nobody waits for one who is stopped. */
@Guarded
class MemoryQueueKillTest {
    /** Items of a producer are told from others by its number modulo 8, so there are no more producers than that. */
    private static final int ROUNDS = 4;

    private static final long SOME = 300;

    /** So many more at each look: who waits half a minute for a worker that stands still has not used up the ledger, beyond whose end the others would fail. */
    private static final long STEP = 30;

    private static final int FEW_ITEMS = 5000;

    private record Worker(int number, boolean puts, ChildJvm process) {}

    private final List<Worker> living = new ArrayList<>();
    private final List<Worker> all = new ArrayList<>();
    private Path place;
    private Ledger ledger;
    private LockedBytes alive;
    private MemoryQueue queue;

    @BeforeEach
    void create(TestDirectory directory) throws IOException {
        place = directory.fresh();
        ledger = Ledger.create(place.resolve("ledger"));
        alive = new LockedBytes(place.resolve("alive"), 1);
    }

    @AfterEach
    void close(TestDirectory directory) throws IOException {
        all.forEach(worker -> worker.process.close());
        queue.close();
        alive.close();
        Files.delete(place.resolve("ledger"));
        Files.delete(place.resolve("alive"));
        assertThat(directory.files()).as("of the queue").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polls", "sleeps"})
    void nothingIsLostAndNothingComesTwiceWhoeverIsKilledOrStopped(String manner) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        bound(200);
        try {
            startAll(manner);
            for (int round = 0; round < ROUNDS; round++) {
                Worker victim = living.get(random.nextInt(living.size()));
                awaitMore(List.of(victim));
                if (random.nextBoolean()) {
                    victim.process.signal("STOP");
                    awaitMore(living.stream().filter(each -> each != victim).toList());
                }
                victim.process.kill();
                living.remove(victim);
                start(manner, victim.puts);
            }
            ledger.stop();
            for (Worker worker : living) {
                assertThat(worker.process.hear()).isEqualTo("done");
            }
            queue.recoverDead();
            drain();
            assertThat(queue.size()).isZero();
            check();
        } catch (Throwable t) {
            t.addSuppressed(new AssertionError("seed " + seed));
            throw t;
        }
    }

    /** Nobody looks without having been rung at, so one ring that is lost stops everything. */
    @Test
    void noRingIsLost() throws Exception {
        bound(3);
        ledger.goal(FEW_ITEMS);
        startAll("trusts");
        for (Worker producer : living.stream().filter(Worker::puts).toList()) {
            assertThat(producer.process.hear()).isEqualTo("done");
        }
        new WaitingQueue(queue, ChildOfQueue.inboxes(place, 1)).shutDown();
        for (Worker consumer : living.stream().filter(each -> !each.puts).toList()) {
            assertThat(consumer.process.hear()).isEqualTo("done");
        }
        check();
    }

    private void bound(long items) throws IOException {
        queue = MemoryQueue.create(
                place,
                ChildOfQueue.QUEUE,
                QueueOptions.of(new Bound(items, Long.MAX_VALUE)).withSegmentBytes(ChildOfQueue.SEGMENT_BYTES),
                1,
                alive);
    }

    private void startAll(String manner) throws IOException {
        for (boolean puts : new boolean[] {true, true, false, false}) {
            start(manner, puts);
        }
    }

    private void start(String manner, boolean puts) throws IOException {
        int kind = (int) all.stream().filter(each -> each.puts == puts).count();
        int number = puts ? kind : Ledger.WORKERS / 2 + kind;
        Worker worker = new Worker(
                number, puts, ChildJvm.start(ChildOfQueue.class, place, puts ? "put" : "take", number, manner));
        all.add(worker);
        living.add(worker);
        assertThat(worker.process.hear()).isEqualTo("ready");
    }

    /** Until each of them has done some more. There is always something to put meanwhile, and never so much that counting it takes long. */
    private void awaitMore(List<Worker> workers) throws InterruptedException {
        for (Worker worker : workers) {
            long before = ledger.progress(worker.number);
            Eventually.holds("worker " + worker.number + " goes on, of " + progress(), () -> {
                if (living.stream().anyMatch(each -> each.puts && ledger.progress(each.number) >= ledger.goal())) {
                    ledger.goal(ledger.goal() + STEP);
                }
                return ledger.progress(worker.number) >= before + SOME;
            });
        }
    }

    private List<String> progress() {
        return all.stream()
                .map(worker -> worker.number + ": " + ledger.progress(worker.number))
                .toList();
    }

    private void drain() throws IOException {
        for (Taken taken = queue.poll(true); taken != null; taken = queue.poll(true)) {
            ledger.taken(ChildOfQueue.decode(taken.bytes()));
            taken.commit();
        }
    }

    private void check() {
        List<Integer> ambiguous = all.stream()
                .filter(worker -> !worker.puts)
                .map(worker -> (int) ledger.taking(worker.number) - 1)
                .toList();
        for (Worker producer : all.stream().filter(Worker::puts).toList()) {
            long put = ledger.progress(producer.number);
            for (long n = 0; n < Math.min(put + 2, Ledger.ITEMS); n++) {
                int item = ChildOfQueue.item(producer.number, n);
                boolean certain = n < put && !ambiguous.contains(item);
                assertThat(ledger.timesTaken(item))
                        .as("times that item %s of %s came, of %s", n, producer.number, put)
                        .isBetween(certain ? 1 : 0, n <= put ? 1 : 0);
            }
        }
    }
}
