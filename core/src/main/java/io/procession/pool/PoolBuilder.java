package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.codec.SerializationException;
import io.procession.internal.child.Launcher;
import io.procession.internal.child.Prospect;
import io.procession.internal.codec.Codec;
import io.procession.internal.codec.Encoded;
import io.procession.internal.connection.Connections;
import io.procession.internal.connection.Listening;
import io.procession.internal.pool.TimeText;
import io.procession.process.WorkerOptions;
import io.procession.task.Action;
import io.procession.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The options of a pool, all with defaults; made by {@link Pool#builder()}. Not safe for several threads at once. */
public final class PoolBuilder {
    private static final Duration INITIALIZER_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration FINALIZER_TIMEOUT = Duration.ofSeconds(5);

    /** A JVM starts in a tenth of a second; so long without any progress, it is not the machine that is slow. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    /** Longer than any process lives, and countable in milliseconds. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private static final int MAX_HOOK_BYTES = 16 << 20;

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
    PoolListener listener;

    @Nullable
    String name;

    @Nullable
    Encoded initializer;

    @Nullable
    Encoded finalizer;

    Duration initializerTimeout = INITIALIZER_TIMEOUT;
    Duration finalizerTimeout = FINALIZER_TIMEOUT;
    Duration startTimeout = START_TIMEOUT;

    /** 0 for any number. */
    int maxQueued;

    WhenFull whenFull = WhenFull.BLOCK;

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
     * How long a worker may make no progress while its JVM starts and connects, because it was stopped, say, or waits for a file system that does not
     * answer. It is then killed, which counts as a start that failed: another is tried, and three in a row break the pool with what was seen. By default 30
     * seconds. One that gets on, which its processor time shows, has ten times as long, so hundreds may start at once on a slow machine. For the
     * {@linkplain #initializer(Task, Duration) initializer} its own time comes on top.
     *
     * @param timeout greater than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public PoolBuilder startTimeout(Duration timeout) {
        startTimeout = limit("start of a worker", timeout);
        return this;
    }

    /**
     * What each worker does once, before its first task, on the thread of its tasks; with a minute to do it.
     *
     * @param code its result is the {@link WorkerState} of the worker and need not be serialisable; the code itself must be. What it throws ends the
     *     worker. When three workers in a row could not be initialised and none is left, the pool is broken with the last failure as the reason
     * @return this
     * @throws io.procession.codec.SerializationException if the code cannot be serialised
     * @throws IllegalArgumentException if it carries more than 16 MiB, which each worker would get anew
     */
    public PoolBuilder initializer(Task<?> code) {
        return initializer(code, INITIALIZER_TIMEOUT);
    }

    /**
     * As {@link #initializer(Task)}, with another time limit. When it is over, the code is interrupted, a second later its worker is ended; that is a failure of
     * the initializer like others.
     *
     * @param code what each worker does before its first task
     * @param timeout greater than zero
     * @return this
     * @throws IllegalArgumentException if the limit is zero or negative, or the code too large
     */
    public PoolBuilder initializer(Task<?> code, Duration timeout) {
        initializer = hook("initializer", code);
        initializerTimeout = limit("initializer", timeout);
        return this;
    }

    /**
     * What each worker does after its last task, when it is recycled or the pool closes; with five seconds to do it. Not done by a worker that dies or is
     * killed. What it throws is printed to the worker's stderr.
     *
     * @param code must be serialisable; it may ask for the {@link WorkerState}
     * @return this
     * @throws io.procession.codec.SerializationException if the code cannot be serialised
     * @throws IllegalArgumentException if it carries more than 16 MiB, which each worker would get anew
     */
    public PoolBuilder finalizer(Action code) {
        return finalizer(code, FINALIZER_TIMEOUT);
    }

    /**
     * As {@link #finalizer(Action)}, with another time limit. When it is over, the code is interrupted, a second later its worker is ended.
     *
     * @param code what each worker does after its last task
     * @param timeout greater than zero
     * @return this
     * @throws IllegalArgumentException if the limit is zero or negative, or the code too large
     */
    public PoolBuilder finalizer(Action code, Duration timeout) {
        finalizer = hook("finalizer", code);
        finalizerTimeout = limit("finalizer", timeout);
        return this;
    }

    private static Encoded hook(String name, Object code) {
        Encoded encoded = Codec.standard().encodeSelfContained(requireNonNull(code, "code"));
        if (encoded.sizeBytes() > MAX_HOOK_BYTES) {
            throw new IllegalArgumentException(
                    "the " + name + " carries " + encoded.sizeBytes() + " bytes, and each worker would get them; "
                            + "up to " + MAX_HOOK_BYTES + " may travel: let it read the rest in the worker");
        }
        return encoded.detached();
    }

    private static Duration limit(String name, Duration timeout) {
        if (requireNonNull(timeout, "timeout").isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "the " + name + " needs a time limit greater than zero, not " + TimeText.of(timeout));
        }
        return timeout.compareTo(FOR_EVER) > 0 ? FOR_EVER : timeout;
    }

    /**
     * How many tasks may wait for a worker: given to {@code submit} or {@code execute}, accepted, and more than there are workers. By default any number. Items of
     * maps do not count; maps bound themselves.
     *
     * @param tasks at least 1
     * @param whenFull what happens to the next one
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public PoolBuilder maxQueued(int tasks, WhenFull whenFull) {
        if (tasks < 1) {
            throw new IllegalArgumentException("at least 1 task must be able to wait, not " + tasks);
        }
        this.maxQueued = tasks;
        this.whenFull = requireNonNull(whenFull, "whenFull");
        return this;
    }

    /**
     * How long a task may run, or an item of a map; by default as long as it likes. At the deadline the task is interrupted. If that does not end it
     * within the {@linkplain #gracePeriod grace period}, its worker is killed and replaced: code that ignores interrupts or spins in native code
     * is ended all the same, as is a worker that was stopped. The future fails with {@link TaskTimeoutException}, which tells what the worker was doing. The
     * time counts from the start of the task in its worker, decoding included, until its answer is sent; it may be exceeded by an eighth, and by two
     * seconds if the worker does not tell what it was doing. What waits is not affected.
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
            throw new IllegalArgumentException("a grace period cannot be negative: " + TimeText.of(period));
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
            throw new IllegalArgumentException("workers cannot live for " + TimeText.of(age));
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
            throw new IllegalArgumentException(
                    "a crash budget is for a time greater than zero, not " + TimeText.of(window));
        }
        maxDeaths = deaths;
        deathWindow = window;
        return this;
    }

    /**
     * Is told what happens to the pool: workers that are ready or end, tasks that are late or tried again.
     *
     * @param events called by one thread at a time; what it throws is logged
     * @return this
     */
    public PoolBuilder listener(PoolListener events) {
        listener = requireNonNull(events, "events");
        return this;
    }

    /**
     * Starts the pool.
     *
     * @return the open pool; its workers are starting
     * @throws IllegalStateException if no transport can be used, or not the one named; the text says why and what to do
     * @throws io.procession.codec.SerializationException if the initializer or finalizer holds a queue over a transport that the workers will not have
     * @throws UncheckedIOException if a worker cannot be started; none is left
     */
    public Pool build() {
        PoolSettings settings = settings();
        refuseUnfit(initializer, settings);
        refuseUnfit(finalizer, settings);
        Launcher.anticipate();
        Listening listening;
        try {
            listening = Connections.current().listen(transport);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "pool " + settings.name + " cannot listen for its workers: " + e.getMessage(), e);
        }
        Scheduler scheduler = new Scheduler(settings, new ProcessLauncher(listening, settings), Chores.BACKGROUND);
        Pool pool = new Pool(settings, scheduler);
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

    /** When a hook was given, the options of the workers may not have been. */
    private static void refuseUnfit(@Nullable Encoded hook, PoolSettings settings) {
        if (hook != null && hook.hasHandles()) {
            SerializationException refusal = Prospect.of(
                            "a worker of pool " + settings.name, settings.workerOptions.jvmOptions())
                    .refusal(hook);
            if (refusal != null) {
                throw refusal;
            }
        }
    }

    /** These options as they are now, with a name for the pool. */
    PoolSettings settings() {
        return new PoolSettings(this, name == null ? "pool-" + NUMBERS.incrementAndGet() : name);
    }
}
