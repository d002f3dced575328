package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.child.Exit;
import io.procession.internal.codec.Codec;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scheduler against simulated workers whose every step (arrival, start, answer, death, returned tasks) happens in a random but repeatable
 * order. Whatever the order, each accepted task is answered exactly once, and only a started one may be lost with its worker.
 */
class SchedulerSimulationTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597})
    void answersEachTaskOnceWhateverDies(long seed) {
        for (int round = 0; round < 40; round++) {
            new Simulation(seed * 1000 + round).run();
        }
    }

    private static final Exit KILLED = new Exit(137, "SIGKILL", true, "", List.of(), null, null);

    private static final class Simulation implements WorkerLauncher {
        private final long seed;
        private final Random random;
        private final Scheduler scheduler;
        private final List<SimulatedWorker> alive = new ArrayList<>();
        private final Map<PoolTask, Answer> answers = new HashMap<>();
        private final List<PoolTask> accepted = new ArrayList<>();
        private boolean busy;
        private boolean closed;

        Simulation(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.scheduler = new Scheduler(
                    new PoolBuilder()
                            .name("simulated")
                            .workers(1 + random.nextInt(4))
                            .settings(),
                    this);
        }

        void run() {
            scheduler.start();
            int steps = 50 + random.nextInt(400);
            for (int i = 0; i < steps; i++) {
                step();
            }
            if (random.nextInt(4) == 0) {
                scheduler.end(() -> new CancellationException("ended"));
            } else {
                scheduler.shutdown();
            }
            for (int i = 0; i < 100_000 && !alive.isEmpty(); i++) {
                step();
            }
            assertThat(alive).as("workers left, seed %d", seed).isEmpty();
            assertThat(answers.keySet())
                    .as("answered tasks, seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(accepted);
            assertThat(closed)
                    .as("gives back what workers needed, seed %d", seed)
                    .isTrue();
            assertThat(busy).as("keeps the program alive, seed %d", seed).isFalse();
        }

        private void step() {
            int choice = random.nextInt(100);
            if (choice < 35) {
                submit();
            } else if (choice < 40 && !accepted.isEmpty()) {
                scheduler.cancel(accepted.get(random.nextInt(accepted.size())), random.nextBoolean());
            } else if (!alive.isEmpty()) {
                SimulatedWorker worker = alive.get(random.nextInt(alive.size()));
                if (choice < 44) {
                    worker.die();
                } else {
                    worker.step();
                }
            }
        }

        private void submit() {
            Task<Integer> nothing = () -> 0;
            PoolTask[] self = new PoolTask[1];
            PoolTask task =
                    new PoolTask(TaskOperation.CALL, Codec.standard().encode(nothing), null, (answer, nanos) -> {
                        assertThat(answers.put(self[0], answer))
                                .as("second answer, seed %d", seed)
                                .isNull();
                        if (answer instanceof Answer.Lost lost && lost.cause() instanceof WorkerDiedException died) {
                            assertThat(died.taskId()).isEqualTo(self[0].id);
                        }
                    });
            self[0] = task;
            try {
                scheduler.submit(task);
                accepted.add(task);
            } catch (RejectedExecutionException e) {
                assertThat(scheduler.isShutdown()).isTrue();
            }
        }

        @Override
        public Worker launch(String name) {
            SimulatedWorker simulated = new SimulatedWorker();
            simulated.worker = new Worker(name, simulated);
            return simulated.worker;
        }

        @Override
        public void introduce(Worker worker, Scheduler to) {
            alive.add((SimulatedWorker) worker.port);
        }

        @Override
        public void busy() {
            busy = true;
        }

        @Override
        public void idle() {
            busy = false;
        }

        @Override
        public void close() {
            closed = true;
        }

        /** A worker with a link in each direction; what is on the way to the pool still arrives after its death. */
        private final class SimulatedWorker implements WorkerPort {
            private Worker worker;
            private boolean ready;
            private boolean retiring;
            private boolean killed;
            private final Deque<Runnable> toWorker = new ArrayDeque<>();
            private final Deque<Runnable> toPool = new ArrayDeque<>();
            private final Deque<PoolTask> inbox = new ArrayDeque<>();
            private PoolTask started;

            void step() {
                if (killed || (retiring && inbox.isEmpty() && started == null && toPool.isEmpty())) {
                    die();
                } else if (!ready) {
                    ready = true;
                    toPool.add(() -> scheduler.ready(worker));
                } else if (!toPool.isEmpty() && random.nextBoolean()) {
                    toPool.remove().run();
                } else if (!toWorker.isEmpty() && random.nextBoolean()) {
                    toWorker.remove().run();
                } else if (started != null) {
                    PoolTask done = started;
                    started = null;
                    toPool.add(() -> scheduler.answered(
                            worker,
                            done.id,
                            new Answer.Lost(new ArithmeticException("its own")),
                            random.nextInt(1_000_000)));
                } else if (!inbox.isEmpty()) {
                    started = inbox.remove();
                }
            }

            void die() {
                if (alive.remove(this)) {
                    toPool.forEach(Runnable::run);
                    long startedId = started == null ? 0 : started.id;
                    scheduler.gone(worker, new WorkerEnd(startedId, 0, 1, KILLED));
                }
            }

            @Override
            public void send(PoolTask task, boolean withFunction) {
                toWorker.add(() -> inbox.add(task));
            }

            @Override
            public void recall(int count) {
                toWorker.add(() -> {
                    List<Long> ids = new ArrayList<>();
                    while (ids.size() < count && !inbox.isEmpty()) {
                        ids.add(inbox.removeLast().id);
                    }
                    toPool.add(() -> scheduler.returned(worker, ids));
                });
            }

            @Override
            public void forget(long functionId) {}

            @Override
            public void retire() {
                toWorker.add(() -> retiring = true);
            }

            @Override
            public void cancel(long taskId, boolean interrupt, BooleanSupplier stillHeld) {
                toWorker.add(() -> {
                    boolean removed = inbox.removeIf(task -> task.id == taskId);
                    toPool.add(() -> scheduler.returned(worker, removed ? List.of(taskId) : List.of()));
                    if (interrupt && started != null && started.id == taskId && stillHeld.getAsBoolean()) {
                        killed = true;
                    }
                });
            }

            @Override
            public void kill() {
                killed = true;
            }
        }
    }
}
