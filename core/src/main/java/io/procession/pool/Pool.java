package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.internal.codec.Immobile;
import io.procession.internal.connection.Deadline;
import io.procession.internal.family.ExitSequence;
import io.procession.internal.pool.TimeText;
import io.procession.task.Action;
import io.procession.task.Task;
import io.procession.task.TaskBiFunction;
import io.procession.task.TaskFunction;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of workers, each a JVM of its own, that run tasks for this process. The counterpart of Python's
 * {@code multiprocessing.Pool} and {@code concurrent.futures.ProcessPoolExecutor}.
 *
 * <pre>{@code
 * try (Pool pool = Pool.of(4)) {
 *     List<Integer> squares = pool.map(Squares::square, List.of(1, 2, 3));
 *     CompletableFuture<Text> text = pool.submit(() -> Parser.parse(file));
 * }
 * }</pre>
 *
 * <p><b>Threads and processes.</b> All methods may be called from any thread of the process that made the pool; a pool does not travel to
 * other processes, but a task may make pools of its own. Tasks run one at a time on the main thread of a worker. What a task, its
 * arguments, captured values and result are made of must be serialisable; the arguments are copied by the time {@code submit} returns.
 *
 * <p><b>When a worker dies</b> (crash, {@code System.exit}, {@code kill -9}), the task it had started fails with
 * {@link WorkerDiedException}; tasks it had only received run elsewhere, and another worker takes its place. When three workers in a row
 * end before they are ready (a wrong JVM flag, say) and none is left, the pool is broken: each waiting task fails, and further ones are
 * refused, with what the JVM printed.
 *
 * <p><b>Closing.</b> {@link #close()} takes no more tasks, waits for those accepted, and ends the workers; until then a program with unfinished
 * tasks does not end, one with an idle open pool does. When this process is killed its workers end by themselves. A pool that becomes
 * unreachable without having been closed finishes what it accepted, ends, and leaves a warning in the log.
 */
public final class Pool implements ExecutorService, AutoCloseable {
    static {
        Immobile.declare(
                Pool.class,
                "a Pool stays in the process that made it, and does not travel; a task that needs one makes its own,"
                        + " or returns what is to be done next");
    }

    /** In a holder, because its thread is of use only once there is a pool. */
    private static final class Abandoned {
        static final Cleaner CLEANER = Cleaner.create();
    }

    private final String name;
    private final Scheduler scheduler;
    private final TaskLimits limits;
    private final Intake intake;
    private final BulkCalls bulk;
    private final Cleaner.Cleanable abandonment;
    private final ExitSequence.Registration exit;

    /** The pool that this is a view of, and which therefore is not unreachable; or this. */
    @SuppressWarnings("unused") // by the garbage collector
    private final Pool origin;

    private Pool(Pool origin, TaskLimits limits) {
        this.origin = origin;
        this.limits = limits;
        this.name = origin.name;
        this.scheduler = origin.scheduler;
        this.intake = origin.intake.with(limits);
        this.bulk = new BulkCalls(intake);
        this.exit = origin.exit;
        this.abandonment = origin.abandonment;
    }

    Pool(PoolSettings settings, Scheduler scheduler) {
        String poolName = settings.name; // not the field: what is registered must not keep this pool reachable
        this.name = poolName;
        this.scheduler = scheduler;
        this.limits = settings.taskLimits;
        this.origin = this;
        this.intake = new Intake(scheduler, settings);
        this.bulk = new BulkCalls(intake);
        this.exit = ExitSequence.register(ExitSequence.Stage.POOLS, () -> scheduler.giveUp(() -> ended(poolName)));
        ExitSequence.Registration registration = exit;
        this.abandonment = Abandoned.CLEANER.register(this, () -> abandoned(poolName, scheduler, registration));
    }

    /** For whoever still waits when this program ends. Without a trace: after Ctrl-C one line says it, whoever prints it. */
    private static CancellationException ended(String name) {
        CancellationException ended = new CancellationException("the process ends, and with it pool " + name);
        ended.setStackTrace(new StackTraceElement[0]);
        return ended;
    }

    private static void abandoned(String name, Scheduler scheduler, ExitSequence.Registration exit) {
        exit.cancel();
        if (!scheduler.isShutdown()) {
            LoggerFactory.getLogger(Pool.class)
                    .warn("pool {} became unreachable without having been closed; use try-with-resources", name);
            scheduler.shutdown();
        }
    }

    /**
     * Starts a pool with defaults: the first usable transport, workers like this JVM.
     *
     * @param workers how many, at least 1
     * @return the open pool; its workers are starting
     * @throws IllegalArgumentException if {@code workers} is less than 1
     * @throws IllegalStateException if no transport can be used; the text lists what was found and what to add
     * @throws UncheckedIOException if a worker cannot be started; none is left
     */
    public static Pool of(int workers) {
        return builder().workers(workers).build();
    }

    /**
     * Prepares a pool.
     *
     * @return options, all with defaults
     */
    public static PoolBuilder builder() {
        return new PoolBuilder();
    }

    /**
     * Runs a task in a worker.
     *
     * @param task the task; it is encoded before this method returns
     * @param <R> the type of its result
     * @return completes with the result, or with the task's own exception, whose cause tells the trace in the worker, or with
     *     {@link WorkerDiedException}. Its {@code cancel(true)} ends the task: one that waits is not run, a running one is interrupted and, if it has
     *     not ended after two seconds, its worker is killed and replaced. {@code cancel(false)} leaves a running task alone. Dependent stages
     *     run on threads of the pool's own, never on one that receives
     * @throws io.procession.codec.SerializationException if the task cannot be serialised; the text names the path to the culprit
     * @throws java.util.concurrent.RejectedExecutionException if this pool is closed or broken
     */
    public <R extends @Nullable Object> CompletableFuture<R> submit(Task<R> task) {
        return submit((Callable<R>) task);
    }

    /**
     * Runs an action in a worker.
     *
     * @param action the action; it is encoded before this method returns
     * @return completes with null; for the rest see {@link #submit(Task)}
     * @throws io.procession.codec.SerializationException if the action cannot be serialised; the text names the path to the culprit
     * @throws java.util.concurrent.RejectedExecutionException if this pool is closed or broken
     */
    public CompletableFuture<@Nullable Void> submit(Action action) {
        requireNonNull(action, "action");
        return fenced(() -> intake.run(action));
    }

    /**
     * As {@link #submit(Task)}, for code that knows this pool as an {@link ExecutorService}. What is given must be serialisable all the same: an object
     * of a named class is, a lambda that was written as a plain {@code Callable} is not.
     *
     * @param task the task; it is encoded before this method returns
     * @throws io.procession.codec.SerializationException if the task cannot be serialised; the text says what to write instead
     */
    @Override
    public <R extends @Nullable Object> CompletableFuture<R> submit(Callable<R> task) {
        requireNonNull(task, "task");
        return fenced(() -> intake.call(task));
    }

    /**
     * As {@link #submit(Action)}, for code that knows this pool as an {@link ExecutorService}; see {@link #submit(Callable)}.
     *
     * @param task the task; it is encoded before this method returns
     * @throws io.procession.codec.SerializationException if the task cannot be serialised; the text says what to write instead
     */
    @Override
    public CompletableFuture<?> submit(Runnable task) {
        requireNonNull(task, "task");
        return fenced(() -> intake.run(task));
    }

    /**
     * As {@link #submit(Runnable)}, with a result that stays in this process.
     *
     * @param task the task; it is encoded before this method returns
     * @param result what the future completes with when the task has succeeded
     * @throws io.procession.codec.SerializationException if the task cannot be serialised; the text says what to write instead
     */
    @Override
    public <R extends @Nullable Object> CompletableFuture<R> submit(Runnable task, R result) {
        requireNonNull(task, "task");
        return fenced(() -> intake.run(task, result));
    }

    /**
     * Runs an action in a worker and says nothing about how it ends, except that a failure is logged.
     *
     * @param action the action; it is encoded before this method returns
     * @throws io.procession.codec.SerializationException if the action cannot be serialised; the text names the path to the culprit
     * @throws java.util.concurrent.RejectedExecutionException if this pool is closed or broken
     */
    public void execute(Action action) {
        execute((Runnable) action);
    }

    /**
     * As {@link #execute(Action)}, for code that knows this pool as an {@link java.util.concurrent.Executor}; see {@link #submit(Callable)}.
     *
     * @param command the task; it is encoded before this method returns
     * @throws io.procession.codec.SerializationException if the task cannot be serialised; the text says what to write instead
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // its failure is logged
    public void execute(Runnable command) {
        submit(command).whenComplete((nothing, failure) -> {
            if (failure != null && !(failure instanceof CancellationException)) {
                LoggerFactory.getLogger(Pool.class).error("a task given to pool {} by execute failed", name, failure);
            }
        });
    }

    /**
     * Runs tasks in the workers and waits for all of them: {@link #invokeAll} with types that fit lambdas, and with results instead of futures.
     *
     * @param tasks the tasks, all of which are encoded and accepted before the first is waited for
     * @param <R> the type of the results
     * @return the results in the order of the tasks, unmodifiable
     * @throws InterruptedException if the calling thread was interrupted; unfinished tasks are cancelled
     * @throws java.util.concurrent.CompletionException if a task threw a checked exception, which is the cause; an unchecked one arrives as itself. The
     *     other tasks are then cancelled
     * @throws WorkerDiedException if a worker died in one of the tasks
     * @throws io.procession.codec.SerializationException if a task cannot be serialised; those before it are cancelled
     * @throws java.util.concurrent.RejectedExecutionException if this pool is closed or broken
     */
    public <R extends @Nullable Object> List<R> callAll(Collection<? extends Task<? extends R>> tasks)
            throws InterruptedException {
        try {
            return bulk.results(tasks);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** As the JDK says; for lambdas there is {@link #callAll}, see {@link #submit(Callable)}. */
    @Override
    public <R extends @Nullable Object> List<Future<R>> invokeAll(Collection<? extends Callable<R>> tasks)
            throws InterruptedException {
        try {
            return bulk.all(tasks, Deadline.after(null));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** As the JDK says; for lambdas there is {@link #callAll}, see {@link #submit(Callable)}. */
    @Override
    public <R extends @Nullable Object> List<Future<R>> invokeAll(
            Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        try {
            return bulk.all(tasks, deadline(timeout, unit));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** As the JDK says; see {@link #submit(Callable)}. */
    @Override
    public <R extends @Nullable Object> R invokeAny(Collection<? extends Callable<R>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return bulk.any(tasks, Deadline.after(null));
        } catch (TimeoutException e) {
            throw new AssertionError("there is no limit", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** As the JDK says; see {@link #submit(Callable)}. */
    @Override
    public <R extends @Nullable Object> R invokeAny(
            Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return bulk.any(tasks, deadline(timeout, unit));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static Deadline deadline(long timeout, TimeUnit unit) {
        return Deadline.after(Duration.ofNanos(unit.toNanos(timeout)));
    }

    /** A pool that becomes unreachable is closed, so it stays reachable while it is being used. */
    private <V> V fenced(Supplier<V> use) {
        try {
            return use.get();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Applies a function to each item in the workers and waits for all results. Items are sent in chunks whose size follows the measured
     * time of an item. The function is decoded once in each worker.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable; read on the calling thread before the first is sent
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results in the order of the items, unmodifiable
     * @throws InterruptedException if the calling thread was interrupted; chunks not yet started are not run
     * @throws WorkerDiedException if a worker died at one of the items
     * @throws java.util.concurrent.CompletionException if the function threw a checked exception, which is the cause; an unchecked exception or
     *     error arrives as itself. The first failure that comes back ends the call; chunks not yet started are not run
     * @throws io.procession.codec.SerializationException if the function or an item cannot be serialised; the text names the path to the culprit
     * @throws java.util.concurrent.RejectedExecutionException if this pool is closed or broken
     */
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items) throws InterruptedException {
        return map(function, items, MapOptions.defaults());
    }

    /**
     * As {@link #map(TaskFunction, Iterable)}, with chunks of a given size.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable; read on the calling thread before the first is sent
     * @param options the size of chunks
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results in the order of the items, unmodifiable
     * @throws InterruptedException if the calling thread was interrupted; chunks not yet started are not run
     * @throws IllegalArgumentException if the options have a look-ahead
     */
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items, MapOptions options)
            throws InterruptedException {
        try {
            return this.<T, R>mapCall(function, items, options).call();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * As {@link #map(TaskFunction, Iterable)}, for a function of two arguments and pairs of them. For other kinds of maps, and with options, there is
     * {@link TaskBiFunction#spread()}.
     *
     * @param function the function; must be serialisable
     * @param pairs the arguments: keys are the first, values the second; read on the calling thread before the first is sent
     * @param <A> the type of the first arguments
     * @param <B> the type of the second arguments
     * @param <R> the type of the results
     * @return the results in the order of the pairs, unmodifiable
     * @throws InterruptedException if the calling thread was interrupted; chunks not yet started are not run
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            TaskBiFunction<? super A, ? super B, ? extends R> function,
            Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs)
            throws InterruptedException {
        @SuppressWarnings("unchecked") // it takes what A and B are special cases of
        TaskBiFunction<A, B, R> typed = (TaskBiFunction<A, B, R>) requireNonNull(function, "function");
        return map(typed.spread(), pairs);
    }

    /**
     * As {@link #map(TaskFunction, Iterable)}, for a function of two arguments, each from an input of its own.
     *
     * @param function the function; must be serialisable
     * @param first the first arguments
     * @param second the second arguments; what the longer input has more is not used
     * @param <A> the type of the first arguments
     * @param <B> the type of the second arguments
     * @param <R> the type of the results
     * @return the results in the order of the arguments, unmodifiable
     * @throws InterruptedException if the calling thread was interrupted; chunks not yet started are not run
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            TaskBiFunction<? super A, ? super B, ? extends R> function,
            Iterable<? extends A> first,
            Iterable<? extends B> second)
            throws InterruptedException {
        requireNonNull(first, "first");
        requireNonNull(second, "second");
        Iterable<Map.Entry<A, B>> pairs = () -> new Zip<A, B>(first.iterator(), second.iterator());
        return this.<A, B, R>starmap(function, pairs);
    }

    /**
     * As {@link #map(TaskFunction, Iterable)}, without waiting.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable; read on the calling thread before this method returns
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return completes once: with all results in the order of the items, or with the first failure that comes back. Its {@code cancel} ends the map: chunks not
     *     yet started are not run, those that run end with the item they are at, and with {@code true} that item is ended as {@link #submit(Task)} says. A pool
     *     that is closed waits for it
     * @throws io.procession.codec.SerializationException if the function cannot be serialised. An item that cannot is a failure of the map
     * @throws java.util.concurrent.RejectedExecutionException if this pool is closed or broken
     */
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
        return mapAsync(function, items, MapOptions.defaults());
    }

    /**
     * As {@link #mapAsync(TaskFunction, Iterable)}, with chunks of a given size.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable; read on the calling thread before this method returns
     * @param options the size of chunks
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return completes once
     * @throws IllegalArgumentException if the options have a look-ahead
     */
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items, MapOptions options) {
        return fenced(() -> this.<T, R>mapCall(function, items, options).start());
    }

    private <T extends @Nullable Object, R extends @Nullable Object> MapCall<T, R> mapCall(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items, MapOptions options) {
        requireNonNull(function, "function");
        requireNonNull(options, "options").requireNoLookAhead();
        List<T> all = new ArrayList<>();
        requireNonNull(items, "items").forEach(all::add);
        return new MapCall<>(scheduler, limits, function, all, options);
    }

    /**
     * Applies a function to each item of an input that may have no end, and gives the results one by one in the order of the items. The input is read on
     * the calling thread: some of it now, the rest as results are taken, never further ahead than the look-ahead. For an input that may block there is
     * {@link MapOptions#readInBackground()}.
     *
     * <p>Each item counts for itself. What it fails with is thrown by {@link Results#next()} at its place, and those behind it can still be got. When a
     * worker dies, the item it was at has failed; the others of its chunk are run again elsewhere, those before it for the second time.
     *
     * <p>When this pool is closed, results of what has been sent still come, those of the neighbours of an item that ended its worker too; then, if the input has more, a
     * {@link java.util.concurrent.RejectedExecutionException}.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable. What its iterator throws is thrown by {@link Results#next()} as it is, behind the results of
     *     all items before it, and ends the map
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results; to be closed if it is not gone through to its end
     * @throws io.procession.codec.SerializationException if the function cannot be serialised. An item that cannot has failed, as said above
     * @throws java.util.concurrent.RejectedExecutionException if this pool is closed or broken
     */
    public <T extends @Nullable Object, R extends @Nullable Object> Results<R> mapLazy(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
        return mapLazy(function, items, MapOptions.defaults());
    }

    /**
     * As {@link #mapLazy(TaskFunction, Iterable)}, with a given size of chunks or look-ahead.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable
     * @param options the size of chunks and the look-ahead
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results; to be closed if it is not gone through to its end
     */
    public <T extends @Nullable Object, R extends @Nullable Object> Results<R> mapLazy(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items, MapOptions options) {
        return lazily(function, items, options, true);
    }

    /**
     * As {@link #mapLazy(TaskFunction, Iterable)}, but the results come as they are ready.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results; to be closed if it is not gone through to its end
     */
    public <T extends @Nullable Object, R extends @Nullable Object> Results<R> mapUnordered(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items) {
        return mapUnordered(function, items, MapOptions.defaults());
    }

    /**
     * As {@link #mapUnordered(TaskFunction, Iterable)}, with a given size of chunks or look-ahead.
     *
     * @param function the function; must be serialisable
     * @param items the items, each serialisable
     * @param options the size of chunks and the look-ahead
     * @param <T> the type of the items
     * @param <R> the type of the results
     * @return the results; to be closed if it is not gone through to its end
     */
    public <T extends @Nullable Object, R extends @Nullable Object> Results<R> mapUnordered(
            TaskFunction<? super T, ? extends R> function, Iterable<? extends T> items, MapOptions options) {
        return lazily(function, items, options, false);
    }

    private <T extends @Nullable Object, R extends @Nullable Object> Results<R> lazily(
            TaskFunction<? super T, ? extends R> function,
            Iterable<? extends T> items,
            MapOptions options,
            boolean ordered) {
        requireNonNull(function, "function");
        requireNonNull(options, "options");
        Deadline deadline = Deadline.after(options.timeout());
        LazyMap<T, R> map = new LazyMap<>(
                scheduler,
                limits,
                function,
                requireNonNull(items, "items").iterator(),
                ordered,
                options,
                Chores.EXECUTOR);
        if (options.timeout() != null) {
            map.endAt(deadline, Chores.EXECUTOR);
        }
        return new Results<>(map, this);
    }

    /**
     * This pool, for tasks with another time limit: what is given to the view may run so long, what is given to this pool as long as before. Both are
     * one pool; closing either closes both.
     *
     * @param timeout greater than zero; for what it means see {@link PoolBuilder#taskTimeout}
     * @return a view of this pool
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Pool withTimeout(Duration timeout) {
        return new Pool(origin, limits.withTimeout(requireNonNull(timeout, "timeout")));
    }

    /**
     * This pool, for tasks that are tried more or less often when their worker died. Both are one pool; closing either closes both.
     *
     * @param times 0 for never; for what it means see {@link PoolBuilder#retryOnCrash}
     * @return a view of this pool
     * @throws IllegalArgumentException if it is negative
     */
    public Pool withRetries(int times) {
        return new Pool(origin, limits.withRetries(times));
    }

    /**
     * Changes how many workers this pool keeps. If that is more, they are started; if it is less, those with least to do retire: the tasks they run are
     * finished, those they only have run elsewhere. Does not wait for either.
     *
     * @param workers at least 1
     * @throws IllegalArgumentException if it is less than 1
     * @throws IllegalStateException if this pool is closed
     */
    public void resize(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("a pool needs at least 1 worker, not " + workers);
        }
        scheduler.resize(workers);
    }

    /**
     * What this pool does and has done.
     *
     * @return this moment's view; may be asked at any time, after the pool was closed too
     */
    public PoolStats stats() {
        return scheduler.stats();
    }

    /**
     * How many workers this pool keeps.
     *
     * @return the number it was made with, or {@linkplain #resize resized} to
     */
    public int workers() {
        return scheduler.size();
    }

    /**
     * The name of this pool, which its workers' names begin with.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Takes no more tasks, waits until those accepted are finished, and ends the workers. Idempotent. If the calling thread is
     * interrupted, unfinished tasks are given up (their futures fail with {@link CancellationException}), workers are killed, and the
     * thread's interrupt status is set.
     */
    @Override
    public void close() {
        shutdown();
        try {
            scheduler.awaitEnd(null);
        } catch (InterruptedException e) {
            giveUp("the thread that closed pool " + name + " was interrupted");
            Thread.currentThread().interrupt();
        }
        closed();
    }

    /**
     * Like {@link #close()}, for a bounded time: when it is over, unfinished tasks are given up (their futures fail with
     * {@link CancellationException}) and workers are killed.
     *
     * @param timeout how long to wait for accepted tasks; zero or negative does not wait
     * @return true if all tasks finished in time
     */
    public boolean close(Duration timeout) {
        requireNonNull(timeout, "timeout");
        shutdown();
        boolean finished = false;
        try {
            finished = scheduler.awaitEnd(timeout);
            if (!finished) {
                giveUp("pool " + name + " was closed with a time limit of " + TimeText.of(timeout));
            }
        } catch (InterruptedException e) {
            giveUp("the thread that closed pool " + name + " was interrupted");
            Thread.currentThread().interrupt();
        }
        closed();
        return finished;
    }

    /** Takes no more tasks; those accepted are finished, then the workers end. Does not wait. Idempotent. */
    @Override
    public void shutdown() {
        scheduler.shutdown();
        intake.close();
    }

    /**
     * Takes no more tasks and ends what there is: what has not been started never is, its futures are cancelled; what runs is interrupted and, if it has
     * not ended after two seconds, its worker is killed. A map fails with {@link CancellationException}. Waits for the workers to tell what
     * they had not started, but not for what runs, nor for a worker that does not reply in two seconds.
     *
     * @return the tasks that were not started, oldest first: what was given to {@code execute} or {@code submit} if it is a {@link Runnable}, else one
     *     that calls it and drops the result; each can be given to another pool. Parts of maps are not among them
     */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> unstarted = new ArrayList<>();
        intake.close();
        for (PoolTask task : scheduler.shutdownNow()) {
            Object source = task.source;
            if (source != null) {
                unstarted.add(UnstartedTask.of(source));
            }
        }
        return unstarted;
    }

    @Override
    public boolean isShutdown() {
        return scheduler.isShutdown();
    }

    /** Whether it was shut down, all accepted tasks have finished, and all workers have ended. */
    @Override
    public boolean isTerminated() {
        return scheduler.isTerminated();
    }

    /** Waits until {@link #isTerminated()}. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        boolean terminated = scheduler.awaitEnd(Duration.ofNanos(unit.toNanos(timeout)));
        if (terminated) {
            closed();
        }
        return terminated;
    }

    private void giveUp(String why) {
        scheduler.end(() -> new CancellationException(why));
        scheduler.awaitEndUninterruptibly();
    }

    /** Nothing is left to be done when this program ends or this pool becomes unreachable. */
    void closed() {
        exit.cancel();
        abandonment.clean();
    }

    @Override
    public String toString() {
        return "Pool[" + name + ", " + workers() + " workers" + (scheduler.isShutdown() ? ", closed]" : "]");
    }
}
