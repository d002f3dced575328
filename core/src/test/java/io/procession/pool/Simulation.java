package io.procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.pool.TaskOperation;
import io.procession.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

/**
 * A pool whose workers, clock and threads are simulated, with a life that a seed decides: tasks come, hang and are cancelled; workers die, are stopped, grow
 * and fail to start; the pool is resized and ended.
 */
final class Simulation implements WorkerLauncher, Background {
    private static final Encoded NOTHING = Codec.standard().encode((Task<Integer>) () -> 0);
    private static final int MANY_STEPS = 1_000_000;

    final long seed;
    final Random random;
    final PoolSettings settings;
    final Scheduler scheduler;
    final Map<PoolTask, SimulatedTask> tasks = new HashMap<>();
    final List<SimulatedWorker> alive = new ArrayList<>();

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private final List<Runnable> chores = new ArrayList<>();
    private long now = 1;
    private long timerCount;
    private boolean begun;
    private boolean busy;
    private boolean closed;
    private int mostWanted;

    /** Set when the simulation comes to its end: what hangs goes on then, and nothing new goes wrong. */
    private boolean peaceful;

    private record Timer(long at, long number, Runnable action) {}

    Simulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        PoolBuilder builder = new PoolBuilder().name("simulated").workers(1 + random.nextInt(4));
        if (random.nextBoolean()) {
            builder.taskTimeout(Duration.ofMillis(10 + random.nextInt(200)))
                    .gracePeriod(Duration.ofMillis(random.nextInt(50)));
        }
        if (random.nextBoolean()) {
            builder.retryOnCrash(random.nextInt(4));
        }
        if (random.nextBoolean()) {
            builder.maxTasksPerWorker(1 + random.nextInt(6));
        }
        if (random.nextInt(3) == 0) {
            builder.maxWorkerAge(Duration.ofMillis(50 + random.nextInt(1000)));
        }
        if (random.nextInt(3) == 0) {
            builder.maxWorkerHeap("1m");
        }
        if (random.nextInt(6) == 0) {
            builder.crashBudget(1 + random.nextInt(8), Duration.ofMillis(1 + random.nextInt(5000)));
        }
        if (random.nextInt(3) == 0) {
            builder.workerMemoryLimitBytes = 1 << 20;
        }
        this.settings = builder.settings();
        this.mostWanted = settings.workers;
        this.scheduler = new Scheduler(settings, this, this);
    }

    void run() {
        scheduler.start();
        begun = true;
        int steps = 50 + random.nextInt(600);
        for (int i = 0; i < steps; i++) {
            step();
        }
        peaceful = true;
        end();
        for (int i = 0; i < MANY_STEPS && !isOver(); i++) {
            step();
        }
        check();
    }

    private void end() {
        if (random.nextInt(4) == 0) {
            scheduler.end(() -> new CancellationException("ended"));
        } else {
            scheduler.shutdown();
        }
    }

    private boolean isOver() {
        return alive.isEmpty() && chores.isEmpty() && closed;
    }

    private void check() {
        assertThat(alive).as("workers left, seed %d", seed).isEmpty();
        assertThat(chores).as("chores left, seed %d", seed).isEmpty();
        assertThat(closed).as("gives back what workers needed, seed %d", seed).isTrue();
        assertThat(busy).as("keeps the program alive, seed %d", seed).isFalse();
        tasks.values().forEach(task -> task.check(this));
    }

    private void step() {
        int choice = random.nextInt(1000);
        if (choice < 250 && !peaceful) {
            submit();
        } else if (choice < 290 && !tasks.isEmpty()) {
            scheduler.cancel(any(List.copyOf(tasks.keySet())), random.nextBoolean());
        } else if (choice < 310 && !peaceful) {
            resize();
        } else if (choice < 450) {
            pass();
        } else if (choice < 600 && !chores.isEmpty()) {
            chores.remove(random.nextInt(chores.size())).run();
        } else if (!alive.isEmpty()) {
            SimulatedWorker worker = any(alive);
            if (choice < 630 && !peaceful) {
                worker.mishap();
            } else {
                worker.step();
            }
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void submit() {
        SimulatedTask simulated = new SimulatedTask(random);
        PoolTask task = new PoolTask(TaskOperation.CALL, NOTHING, null, simulated::answered);
        simulated.task = task;
        if (random.nextInt(50) == 0) {
            scheduler.cancel(task, random.nextBoolean()); // its map has ended just before
        }
        try {
            scheduler.submit(task);
            tasks.put(task, simulated);
        } catch (RejectedExecutionException e) {
            assertThat(scheduler.isShutdown()).isTrue();
        }
    }

    private void resize() {
        int size = 1 + random.nextInt(5);
        try {
            scheduler.resize(size);
            mostWanted = Math.max(mostWanted, size);
        } catch (IllegalStateException e) {
            assertThat(scheduler.isShutdown()).isTrue();
        }
    }

    /** Time goes on, to the next timer or a little. */
    private void pass() {
        Timer next = timers.peek();
        if (next != null && (random.nextBoolean() || peaceful)) {
            now = Math.max(now, next.at());
        } else {
            now += random.nextInt(5_000_000);
        }
        while (next != null && next.at() <= now) {
            timers.remove().action().run();
            next = timers.peek();
        }
    }

    /** Whether things still go wrong, so often of a hundred times. */
    boolean goesWrong(int percent) {
        return !peaceful && random.nextInt(100) < percent;
    }

    boolean isPeaceful() {
        return peaceful;
    }

    /** Workers that are not being killed never work on more tasks at once than the pool was ever meant to have workers. */
    void started() {
        long working = alive.stream().filter(SimulatedWorker::isWorking).count();
        assertThat(working).as("tasks run at once, seed %d", seed).isLessThanOrEqualTo(mostWanted);
    }

    @Override
    public Worker launch(String name, int workers) {
        if (begun && goesWrong(3)) {
            throw new IllegalStateException("no more processes");
        }
        SimulatedWorker simulated = new SimulatedWorker(this, name);
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

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void later(Duration delay, Runnable action) {
        timers.add(new Timer(now + delay.toNanos(), timerCount++, action));
    }

    @Override
    public void execute(Runnable action) {
        chores.add(action);
    }
}
