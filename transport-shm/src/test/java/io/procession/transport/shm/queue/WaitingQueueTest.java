package io.procession.transport.shm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.ChildJvm;
import io.procession.testing.Eventually;
import io.procession.testing.Guarded;
import io.procession.testing.TestDirectory;
import io.procession.transport.shm.memory.MappedFile;
import io.procession.transport.shm.memory.Words;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who finds nothing sleeps until somebody rings, across processes, and whoever of the others is dead or stopped. */
@Guarded
class WaitingQueueTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private Path place;
    private LockedBytes alive;
    private MemoryQueue memory;
    private WaitingQueue queue;

    @BeforeEach
    void create(TestDirectory directory) throws IOException {
        place = directory.fresh();
        alive = new LockedBytes(place.resolve("alive"), 1);
        queue = new WaitingQueue(create(ChildOfQueue.QUEUE), ChildOfQueue.inboxes(place, 1));
    }

    private MemoryQueue create(String name) throws IOException {
        return create(name, new Bound(2, Long.MAX_VALUE));
    }

    private MemoryQueue create(String name, Bound bound) throws IOException {
        memory = MemoryQueue.create(place, name, QueueOptions.of(bound), 1, alive);
        return memory;
    }

    /** Another queue, on which nobody looks without having been rung at. */
    private void createWith(Bound bound) throws IOException {
        queue.close();
        queue = new WaitingQueue(create("r", bound), ChildOfQueue.inboxes(place, 1), LONG);
    }

    @AfterEach
    void close() throws IOException {
        queue.close();
        alive.close();
        Files.delete(place.resolve("alive"));
    }

    @Test
    void aSleeperInAnotherProcessIsWokenByEachItem() throws Exception {
        try (ChildJvm child = start(2)) {
            for (int i = 0; i < 100; i++) {
                put(i);
                assertThat(child.hear()).isEqualTo("" + i);
            }
        }
    }

    @Test
    void whoWaitsForRoomIsWokenByATakeInAnotherProcess() throws Exception {
        put(0);
        put(1);
        CompletableFuture<Void> third = CompletableFuture.runAsync(() -> put(2));
        Eventually.holds("it sleeps", () -> sleeps(1, HeaderLayout.WAITS_FOR_ROOM));
        try (ChildJvm child = start(2)) {
            for (int i = 0; i <= 2; i++) {
                assertThat(child.hear()).isEqualTo("" + i);
            }
            third.join();
        }
    }

    /** Each of them announces its sleep once before a take, and the one that got the room once afterwards; whoever wakes in vain announces once more. */
    @Test
    void whoWaitForRoomDoNotWakeEachOtherInVain() throws Exception {
        createWith(new Bound(2, Long.MAX_VALUE));
        put(0);
        put(1);
        int rounds = 10;
        try (Putter one = new Putter(2);
                Putter other = new Putter(3)) {
            for (int round = 0; round < rounds; round++) {
                awaitSleep(one, other);
                takeOne();
            }
            awaitSleep(one, other);
            assertThat(memory.word(HeaderLayout.SLEEPERS)).isEqualTo(2 + rounds);
        }
    }

    @Test
    void roomInBytesThatIsTooSmallForOneGoesToTheOther() throws Exception {
        createWith(new Bound(Long.MAX_VALUE, 100));
        put(0);
        queue.put(List.of(ByteBuffer.allocate(96)), 0);
        try (Putter large = new Putter(2, 90);
                Putter small = new Putter(3, 4)) {
            awaitSleep(large, small);
            takeOne();
            Eventually.holds("there is room for the small one", () -> small.puts.get() == 1);
            awaitSleep(large, small);
            assertThat(memory.word(HeaderLayout.SLEEPERS)).as("each once more").isEqualTo(4);
            assertThat(large.puts.get()).isZero();
        }
    }

    @Test
    void theItemOfASleeperThatIsKilledOrStoppedComesToTheNext() throws Exception {
        try (ChildJvm one = start(2);
                ChildJvm other = start(3)) {
            sleep(2);
            sleep(3);
            one.signal("STOP"); // it has the lowest slot, and is the first to be rung at
            Eventually.holds("each thread of it stands still", () -> isStopped(one.pid()));
            put(1);
            assertThat(other.hear()).as("which looks by itself").isEqualTo("1");
            put(2);
            assertThat(other.hear()).isEqualTo("2");
            one.kill();
            put(3);
            assertThat(other.hear()).isEqualTo("3");
            Eventually.holds("its inbox is gone", () -> noInbox(2));
        }
    }

    @Test
    void theEndIsToldToAllWhoSleep() throws Exception {
        try (ChildJvm one = start(2);
                ChildJvm other = start(3)) {
            sleep(2);
            sleep(3);
            queue.shutDown();
            assertThat(List.of(one.hear(), other.hear())).containsOnly("SHUT");
        }
        try (ChildJvm late = start(4)) {
            assertThat(late.hear()).isEqualTo("SHUT");
        }
    }

    @Test
    void whoWaitsForWhatMayComeBackIsToldWhenItDoesNot() throws Exception {
        queue.close();
        queue = new WaitingQueue(create("r"), ChildOfQueue.inboxes(place, 1), LONG);
        put(1);
        WaitingQueue.Take held = queue.take(0);
        CompletableFuture<WaitingQueue.Take> other = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.take(LONG);
            } catch (InterruptedException | IOException e) {
                throw new AssertionError(e);
            }
        });
        sleep(1);
        queue.shutDown();
        sleep(1); // again
        assertThat(held).isNotNull();
        assertThat(held.item()).isNotNull();
        queue.commit(held.item());
        assertThat(other.get().end()).isEqualTo(MemoryQueue.Put.SHUT);
    }

    @Test
    void whatFailsAfterTheCommitDoesNotTakeTheItemAway() throws Exception {
        put(1);
        WaitingQueue.Take held = queue.take(0);
        queue.shutDown();
        Words.setRelease(header(), HeaderLayout.FILES, 3); // of which two are not there to be mapped
        assertThat(held).isNotNull();
        assertThat(held.item()).isNotNull();
        queue.commit(held.item());
        Words.setRelease(header(), HeaderLayout.FILES, 1);
        assertThat(memory.isDry()).isTrue();
    }

    @Test
    void whoOnlyPollsIsToldOfAShutdownThatNobodyLivedToSay() throws Exception {
        queue.shutDown();
        Words.setRelease(header(), HeaderLayout.END, 0);
        WaitingQueue.Take take = new WaitingQueue(memory, ChildOfQueue.inboxes(place, 1), 0).take(0);
        assertThat(take).isNotNull();
        assertThat(take.end()).isEqualTo(MemoryQueue.Put.SHUT);
    }

    @Test
    void theOwnersCloseIsToldToWhoSleeps() throws Exception {
        try (ChildJvm child = start(2)) {
            sleep(2);
            queue.close();
            assertThat(child.hear()).isEqualTo("ENDED");
        }
    }

    @Test
    void anInterruptEndsTheWaitAndTakesNothing() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                queue.take(LONG);
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            } catch (IOException e) {
                interrupted.completeExceptionally(e);
            }
        });
        waiter.start();
        sleep(1);
        waiter.interrupt();
        assertThat(interrupted.get()).isTrue();
        put(1);
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void timeRunsOut() throws Exception {
        assertThat(queue.take(1)).isNull();
        assertThat(queue.take(0)).isNull();
        put(0);
        put(1);
        assertThat(queue.put(List.of(item(2)), 1)).isEqualTo(MemoryQueue.Put.FULL);
    }

    @Test
    void manyThreadsThatWaitAreServedInTheOrderOfTheirComing() throws Exception {
        BlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            CompletableFuture<Void> begun = new CompletableFuture<>();
            Thread waiter = new Thread(() -> {
                begun.complete(null);
                try {
                    WaitingQueue.Take take = queue.take(LONG);
                    if (take != null && take.item() != null) {
                        take.item().commit();
                        served.add(number);
                    }
                } catch (InterruptedException | IOException e) {
                    served.add(-1);
                }
            });
            waiter.start();
            begun.join();
            Eventually.holds("it waits", () -> waiter.getState() == Thread.State.TIMED_WAITING);
        }
        for (int i = 0; i < 20; i++) {
            put(i);
            assertThat(served.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    /** The signal takes effect some time after it was sent; until then the process could still take what it is rung for. */
    private static boolean isStopped(long pid) {
        File[] threads = new File("/proc/" + pid + "/task").listFiles();
        if (threads == null) {
            return true; // no such directory on this system
        }
        try {
            for (File thread : threads) {
                String stat = Files.readString(thread.toPath().resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // a thread that has just ended
        }
    }

    /** Sleepers recover the dead whenever nobody has rung for a second. */
    private boolean noInbox(long incarnation) {
        return Files.notExists(place.resolve(ChildOfQueue.QUEUE + ".i" + incarnation));
    }

    /** As another process that puts one item after the other, until the queue ends. */
    private final class Putter implements AutoCloseable {
        private final int slot;
        private final Thread thread;
        private final AtomicInteger puts = new AtomicInteger();

        Putter(int slot) throws IOException {
            this(slot, Integer.BYTES);
        }

        Putter(int slot, int bytes) throws IOException {
            this.slot = slot;
            MemoryQueue attached = MemoryQueue.attach(place, "r", slot, incarnation -> true);
            WaitingQueue own = new WaitingQueue(attached, ChildOfQueue.inboxes(place, slot), LONG);
            assertThat(attached.me()).isEqualTo(slot);
            thread = new Thread(() -> {
                try {
                    while (own.put(List.of(ByteBuffer.allocate(bytes)), LONG) == MemoryQueue.Put.DONE) {
                        puts.incrementAndGet();
                    }
                } catch (InterruptedException | IOException e) {
                    // It counts as one that stands still.
                } finally {
                    own.leave();
                }
            });
            thread.start();
        }

        boolean isAsleep() {
            return sleeps(slot, HeaderLayout.WAITS_FOR_ROOM) && thread.getState() == Thread.State.TIMED_WAITING;
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while a putter was to end", e);
            }
        }
    }

    private MappedByteBuffer header() throws IOException {
        Path header = place.resolve(ChildOfQueue.QUEUE);
        return MappedFile.open(header, (int) Files.size(header));
    }

    private void awaitSleep(Putter one, Putter other) throws InterruptedException {
        Eventually.holds("both sleep", () -> one.isAsleep() && other.isAsleep());
    }

    private void takeOne() throws Exception {
        WaitingQueue.Take take = queue.take(0);
        assertThat(take).isNotNull();
        assertThat(take.item()).isNotNull();
        queue.commit(take.item());
    }

    private ChildJvm start(long incarnation) throws IOException {
        ChildJvm child = ChildJvm.start(SleepingChild.class, place, incarnation);
        assertThat(child.hear()).isEqualTo("ready");
        return child;
    }

    /** Until the process in a slot sleeps for an item. Slots are given in the order of coming. */
    private void sleep(int slot) throws InterruptedException {
        Eventually.holds("process " + slot + " sleeps", () -> sleeps(slot, HeaderLayout.WAITS_FOR_ITEM));
    }

    private boolean sleeps(int slot, int word) {
        return memory.word(HeaderLayout.slot(slot, word)) == 1;
    }

    private void put(int item) {
        try {
            assertThat(queue.put(List.of(item(item)), LONG)).isEqualTo(MemoryQueue.Put.DONE);
        } catch (InterruptedException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuffer item(int value) {
        return ByteBuffer.allocate(4).putInt(0, value);
    }
}
