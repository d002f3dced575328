package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.internal.child.Launcher;
import io.procession.internal.connection.Connections;
import io.procession.internal.connection.Listening;
import io.procession.process.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The options of a pool, all with defaults; made by {@link Pool#builder()}. Not safe for several threads at once. */
public final class PoolBuilder {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    // Read by PoolSettings.
    int workers = Runtime.getRuntime().availableProcessors();
    WorkerOptions options = WorkerOptions.defaults();

    TaskLimits taskLimits = TaskLimits.NONE;
    Duration gracePeriod = Duration.ofSeconds(2);
    int maxTasksPerWorker = Integer.MAX_VALUE;
    long maxWorkerMemoryBytes;
    long maxWorkerHeapBytes;
    long workerMemoryLimitBytes;
    int maxDeaths;
    Duration deathWindow = Duration.ZERO;

    @Nullable
    Duration maxWorkerAge;

    @Nullable
    String name;

    private @Nullable String transport;

    PoolBuilder() {}

    /**
     * How many workers; the default is the number of processors available to this JVM.
     *
     * @param count at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public PoolBuilder workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a pool needs at least 1 worker, not " + count);
        }
        workers = count;
        return this;
    }

    /**
     * The transport between the pool and its workers; by default {@code -Dprocession.transport}, else the first usable one.
     *
     * @param id such as {@code pipe}
     * @return this
     */
    public PoolBuilder transport(String id) {
        transport = requireNonNull(id, "id");
        return this;
    }

    /**
     * The name for messages and threads; by default {@code pool-} and a number.
     *
     * @param text the name
     * @return this
     */
    public PoolBuilder name(String text) {
        name = requireNonNull(text, "text");
        return this;
    }

    /**
     * How the workers' JVMs are started.
     *
     * @param workerOptions heap, flags, class path and so on
     * @return this
     */
    public PoolBuilder workerOptions(WorkerOptions workerOptions) {
        options = requireNonNull(workerOptions, "workerOptions");
        return this;
    }

    /**
     * How long a task may run, or an item of a map; by default as long as it likes. At the deadline the task is interrupted. If that does not end it
     * within the {@linkplain #gracePeriod grace period}, its worker is killed and replaced: code that ignores interrupts or spins in native code
     * is ended all the same, as is a worker that was stopped. The future fails with {@link TaskTimeoutException}, which tells what the worker was doing. The
     * time counts from the start of the task in its worker, decoding included, until its answer is sent; it may be exceeded by an eighth. What waits is not
     * affected.
     *
     * @param timeout greater than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public PoolBuilder taskTimeout(Duration timeout) {
        taskLimits = taskLimits.withTimeout(requireNonNull(timeout, "timeout"));
        return this;
    }

    /**
     * How long a task may take to end once it was interrupted, by its deadline or by {@code cancel(true)}, before its worker is killed. By default two
     * seconds.
     *
     * @param period zero to kill at once
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public PoolBuilder gracePeriod(Duration period) {
        if (requireNonNull(period, "period").isNegative()) {
            throw new IllegalArgumentException("a grace period cannot be negative: " + period);
        }
        gracePeriod = period;
        return this;
    }

    /**
     * How often a task is run again after its worker died; by default never. The task, or in a map the item, that was running when the worker died so often and
     * once more fails with {@link WorkerDiedException}, which counts the attempts. The other items of its chunk run one by one. Set this only if running a
     * task twice does no harm: nobody knows how far it came.
     *
     * @param times 0 for never
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public PoolBuilder retryOnCrash(int times) {
        taskLimits = taskLimits.withRetries(times);
        return this;
    }

    /**
     * How many tasks a worker runs before it is replaced by a fresh one; by default any number. A part of a map counts as one.
     *
     * @param count at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public PoolBuilder maxTasksPerWorker(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a worker must be allowed at least 1 task, not " + count);
        }
        maxTasksPerWorker = count;
        return this;
    }

    /**
     * How old a worker may become before it is replaced, between two tasks; by default any age. One worker after the other is replaced, each when its
     * successor is ready.
     *
     * @param age greater than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public PoolBuilder maxWorkerAge(Duration age) {
        if (requireNonNull(age, "age").isNegative() || age.isZero()) {
            throw new IllegalArgumentException("workers cannot live for " + age);
        }
        maxWorkerAge = age;
        return this;
    }

    /**
     * How much memory (resident set size) the process of a worker may hold before it is replaced, between two tasks; by default any amount. Looked
     * at four times a second while there is work. On Linux only; {@link #maxWorkerHeap} works everywhere.
     *
     * @param size as {@code -Xmx} takes it, such as {@code 512m}
     * @return this
     * @throws IllegalArgumentException if it is not a number with an optional {@code k}, {@code m}, {@code g} or {@code t}
     * @throws UnsupportedOperationException if this system does not tell the memory of processes
     */
    public PoolBuilder maxWorkerMemory(String size) {
        maxWorkerMemoryBytes = ProcessMemory.limit(size);
        return this;
    }

    /**
     * How much of a worker's Java heap may be in use after a garbage collection before the worker is replaced, between two tasks; by default any amount.
     *
     * @param size as {@code -Xmx} takes it, such as {@code 100m}
     * @return this
     * @throws IllegalArgumentException if it is not a number with an optional {@code k}, {@code m}, {@code g} or {@code t}
     */
    public PoolBuilder maxWorkerHeap(String size) {
        maxWorkerHeapBytes = ProcessMemory.parse(size);
        return this;
    }

    /**
     * How much memory (resident set size) the process of a worker may ever hold; by default any amount. One that holds more while it runs a task is killed and
     * replaced, and the task fails with {@link WorkerMemoryException}; it is not retried. Looked at ten times a second, so a fast
     * task may exceed it by some hundred megabytes. On Linux only.
     *
     * @param size as {@code -Xmx} takes it, such as {@code 2g}
     * @return this
     * @throws IllegalArgumentException if it is not a number with an optional {@code k}, {@code m}, {@code g} or {@code t}
     * @throws UnsupportedOperationException if this system does not tell the memory of processes
     */
    public PoolBuilder workerMemoryLimit(String size) {
        workerMemoryLimitBytes = ProcessMemory.limit(size);
        return this;
    }

    /**
     * How many workers may die within a time; by default any number, since each death has a failure of its own. With one more the pool is broken on
     * purpose: all its tasks fail with {@link BrokenPoolException}, and it takes no more. Workers that the pool itself ends do not count.
     *
     * @param deaths at least 1
     * @param window the time in which they are counted
     * @return this
     * @throws IllegalArgumentException if {@code deaths} is less than 1 or the time not greater than zero
     */
    public PoolBuilder crashBudget(int deaths, Duration window) {
        if (deaths < 1) {
            throw new IllegalArgumentException("a crash budget is at least 1 death, not " + deaths);
        }
        if (requireNonNull(window, "window").isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a crash budget is for a time greater than zero, not " + window);
        }
        maxDeaths = deaths;
        deathWindow = window;
        return this;
    }

    /**
     * Starts the pool.
     *
     * @return the open pool; its workers are starting
     * @throws IllegalStateException if no transport can be used, or not the one named; the text says why and what to do
     * @throws UncheckedIOException if a worker cannot be started; none is left
     */
    public Pool build() {
        PoolSettings settings = settings();
        Launcher.anticipate();
        Listening listening;
        try {
            listening = Connections.current().listen(transport);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "pool " + settings.name + " cannot listen for its workers: " + e.getMessage(), e);
        }
        Scheduler scheduler = new Scheduler(settings, new ProcessLauncher(listening, settings), Chores.BACKGROUND);
        Pool pool = new Pool(settings.name, scheduler);
        boolean started = false;
        try {
            scheduler.start();
            started = true;
            return pool;
        } finally {
            if (!started) {
                pool.closed();
            }
        }
    }

    /** These options as they are now, with a name for the pool. */
    PoolSettings settings() {
        return new PoolSettings(this, name == null ? "pool-" + NUMBERS.incrementAndGet() : name);
    }
}
