package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.internal.child.Exit;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.EncodeTarget;
import io.procession.internal.codec.Encoded;
import io.procession.internal.codec.Handle;
import io.procession.internal.codec.Portable;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.TaskFunction;
import io.procession.testing.Eventually;
import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchedulerTest {
    private static final Exit EXIT = new Exit(0, null, true, "", List.of(), null, null);

    private final RecordingWorkers workers = new RecordingWorkers();
    private final Scheduler scheduler =
            new Scheduler(new PoolBuilder().name("recorded").workers(1).settings(), workers, Chores.BACKGROUND);
    private final TaskFunction<Integer, Integer> function = item -> item;
    private final List<Answer> answers = new ArrayList<>();

    private Worker startedWorker() {
        scheduler.start();
        scheduler.ready(workers.last);
        return workers.last;
    }

    private PoolTask submit(MappedFunction mapped) {
        PoolTask task = new PoolTask(
                TaskOperation.MAP, Codec.standard().encode(List.of(1)), mapped, (answer, nanos) -> answers.add(answer));
        scheduler.submit(task);
        return task;
    }

    private MappedFunction mapped() {
        return new MappedFunction(Codec.standard().encode(function));
    }

    @Test
    void aTaskWhoseHandlesItsWorkerCannotUseFailsUnsentAndOthersRun() {
        ByHand hand = new ByHand();
        Scheduler waited =
                new Scheduler(new PoolBuilder().name("apart").workers(1).settings(), hand, hand);
        waited.start();
        Worker worker = hand.launched.get(0);
        hand.ports.get(worker).target = new EncodeTarget("apart-worker-1", Set.of("pipe"));
        assertThat(waited.target()).as("before a worker is ready").isEqualTo(EncodeTarget.ANYONE);
        submit(waited, Codec.standard().encode(new Faraway("shm")), null);
        submit(
                waited,
                Codec.standard().encode(1),
                new MappedFunction(Codec.standard().encode(new Faraway("socket"))));
        PoolTask near = submit(waited, Codec.standard().encode(new Faraway("pipe")), null);

        waited.ready(worker);
        hand.doChores();

        assertThat(hand.said(worker)).containsExactly("task " + near.id);
        assertThat(answers)
                .hasSize(2)
                .allSatisfy(answer -> assertThat(((Answer.Lost) answer).cause())
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("which apart-worker-1 does not have"));
        assertThat(waited.stats().failed()).isEqualTo(2);
        assertThat(waited.target()).isEqualTo(new EncodeTarget("a worker of pool apart", Set.of("pipe")));
    }

    @Test
    void aTaskThatAReplacementCouldNotUseFailsInsteadOfBeingSentAgain() {
        ByHand hand = new ByHand();
        Scheduler waited =
                new Scheduler(new PoolBuilder().name("apart").workers(1).settings(), hand, hand);
        waited.start();
        Worker first = hand.launched.get(0);
        hand.ports.get(first).target = new EncodeTarget("apart-worker-1", Set.of("shm"));
        waited.ready(first);
        PoolTask task = submit(waited, Codec.standard().encode(new Faraway("shm"), waited.target()), null);
        hand.doChores();
        assertThat(hand.said(first)).containsExactly("task " + task.id);

        waited.lost(first);
        waited.gone(first, new WorkerEnd(0, -1, 1, EXIT, DeathCause.EXIT));
        hand.doChores();
        Worker second = hand.launched.get(1);
        hand.ports.get(second).target = new EncodeTarget("apart-worker-2", Set.of("pipe"));
        assertThat(answers).isEmpty();
        waited.ready(second);

        assertThat(hand.said(second)).isEmpty();
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(((Answer.Lost) answer).cause())
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("which apart-worker-2 does not have"));
    }

    private PoolTask submit(Scheduler to, Encoded argument, @Nullable MappedFunction mapped) {
        PoolTask task = new PoolTask(TaskOperation.CALL, argument, mapped, (answer, nanos) -> answers.add(answer));
        to.submit(task);
        return task;
    }

    /** Reached by the transport it is given. */
    private record Faraway(String transport) implements Portable {
        @Override
        public Handle handle() {
            return new Handle("io.procession.pool.Nothing", new TransportAddress(transport, "there"), 1, 1);
        }
    }

    @Test
    void aMapThatIsRefusedCountsForNothing() throws Exception {
        Worker worker = startedWorker();
        submit(mapped());
        scheduler.shutdown();
        assertThatThrownBy(
                        () -> new MapCall<>(scheduler, TaskLimits.NONE, function, List.of(1, 2), MapOptions.defaults()))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(workers.said).as("to a worker that still works").doesNotContain("retire");
        scheduler.answered(
                worker,
                List.of(new WorkerAnswer(workers.lastSent, new Answer.Lost(new ArithmeticException()), 1, false)));
        assertThat(workers.said).contains("retire");
        scheduler.gone(worker, new WorkerEnd(0, 0, 1, EXIT, DeathCause.EXIT));
        assertThat(scheduler.awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void aWorkerForgetsAFunctionOnlyWhenItHoldsNoTaskThatMayStillAskForIt() {
        Worker worker = startedWorker();
        MappedFunction mapped = mapped();
        PoolTask first = submit(mapped);
        PoolTask second = submit(mapped);
        scheduler.cancel(first, false);
        scheduler.cancel(second, false);
        scheduler.forget(mapped);
        assertThat(workers.said).doesNotContain("forget");
        scheduler.returned(worker, List.of(second.id));
        assertThat(workers.said).doesNotContain("forget");
        scheduler.answered(
                worker, List.of(new WorkerAnswer(first.id, new Answer.Lost(new ArithmeticException()), 1, false)));
        assertThat(workers.said).containsOnlyOnce("forget");
        assertThat(answers).hasSize(2);
    }

    @Test
    void aFunctionIsForgottenWithItsMapIfNoTaskIsHeld() {
        Worker worker = startedWorker();
        MappedFunction mapped = mapped();
        PoolTask task = submit(mapped);
        scheduler.answered(
                worker, List.of(new WorkerAnswer(task.id, new Answer.Lost(new ArithmeticException()), 1, false)));
        assertThat(workers.said).doesNotContain("forget");
        scheduler.forget(mapped);
        assertThat(workers.said).containsOnlyOnce("forget");
    }

    @Test
    @DisplayName("L35: if the 4th of 5 workers cannot be started, that is thrown, and the 3 that were are ended")
    void aWorkerThatCannotBeStartedEndsTheOthers() {
        ByHand hand = new ByHand();
        WorkerLauncher launcher = new WorkerLauncher() {
            @Override
            public Worker launch(String name, int workers) {
                if (hand.launched.size() == 3) {
                    throw new UncheckedIOException(new IOException("no more processes"));
                }
                return hand.launch(name, workers);
            }

            @Override
            public void introduce(Worker worker, Scheduler introducing) {}

            @Override
            public void busy() {}

            @Override
            public void idle() {}

            @Override
            public void close() {}
        };
        Scheduler starting = new Scheduler(new PoolBuilder().workers(5).settings(), launcher, hand);
        assertThatThrownBy(starting::start).hasMessageContaining("no more processes");
        assertThat(hand.launched)
                .hasSize(3)
                .allSatisfy(worker -> assertThat(hand.said(worker)).containsExactly("kill"));
        hand.launched.forEach(worker -> starting.gone(worker, new WorkerEnd(0, 0, 1, EXIT, DeathCause.KILLED)));
        hand.doChores();
        assertThat(hand.launched).as("nobody takes their places").hasSize(3);
        assertThat(starting.isTerminated()).isTrue();
    }

    @Test
    void aTimeoutMayBeLongerThanTimeCanBeCounted() throws Exception {
        Worker worker = startedWorker();
        scheduler.shutdown();
        scheduler.gone(worker, new WorkerEnd(0, 0, 1, EXIT, DeathCause.EXIT));
        assertThat(scheduler.awaitEnd(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void aWorkerThatBecomesReadyGetsWhatWaitsBehindALongTask() throws Exception {
        Worker first = startedWorker();
        submit(mapped());
        submit(mapped());
        scheduler.resize(2);
        Eventually.holds("the second worker is launched", () -> workers.last != first);
        assertThat(workers.said).doesNotContain("recall");
        scheduler.ready(workers.last);
        assertThat(workers.said).contains("recall");
    }

    private static final class RecordingWorkers implements WorkerLauncher, WorkerPort {
        private final List<String> said = new ArrayList<>();
        private volatile Worker last;
        private long lastSent;

        @Override
        public Worker launch(String name, int workers) {
            last = new Worker(name, this);
            return last;
        }

        @Override
        public void introduce(Worker worker, Scheduler scheduler) {}

        @Override
        public void busy() {}

        @Override
        public void idle() {}

        @Override
        public void close() {}

        @Override
        public void send(PoolTask task, boolean withFunction) {
            lastSent = task.id;
            said.add("task");
        }

        @Override
        public void recall(int count) {
            said.add("recall");
        }

        @Override
        public void forget(long functionId) {
            said.add("forget");
        }

        @Override
        public void retire() {
            said.add("retire");
        }

        @Override
        public void withdraw(long taskId) {
            said.add("withdraw");
        }

        @Override
        public void interrupt(long taskId, boolean withDump) {
            said.add("interrupt");
        }

        @Override
        public void kill() {
            said.add("kill");
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public Progress progress() {
            return Progress.NONE;
        }

        @Override
        public long cpuNanos() {
            return -1;
        }

        @Override
        public boolean isStopped() {
            return false;
        }

        @Override
        public long residentBytes() {
            return -1;
        }

        @Override
        public long heapBytes() {
            return 0;
        }
    }
}
