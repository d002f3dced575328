package io.procession.process;

import static java.util.Objects.requireNonNull;

import io.procession.internal.child.Callbacks;
import io.procession.internal.child.Child;
import io.procession.internal.child.Children;
import io.procession.internal.child.Exit;
import io.procession.internal.child.LaunchSpec;
import io.procession.internal.child.Launcher;
import io.procession.internal.codec.Immobile;
import io.procession.internal.family.Family;
import io.procession.internal.family.ProcessIdentity;
import io.procession.task.Action;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function, or a main class, in a JVM of its own. The counterpart of Python's {@code multiprocessing.Process}.
 *
 * <pre>{@code
 * Process first = Process.start(Numbers::printNumbers);
 * Process second = Process.start(() -> results.put(compute(input)));
 * first.join();
 * second.join();
 * }</pre>
 *
 * <p>The function is copied to the new JVM with all that it captures; both must be serialisable, and nothing that it changes is seen here. It runs
 * on the main thread. What it throws is printed on the standard error of its process, whose exit code is then 1.
 *
 * <p><b>Threads.</b> Safe for all.
 *
 * <p><b>Ends.</b> A process does not outlive the one that started it, not even one that was killed: it then ends within a second. In order, that is: if
 * {@code main} returns, the JVM waits for the processes that are no {@linkplain Builder#daemon daemons} (they may run on for hours); the others, and all of
 * them at {@link System#exit} or a signal, are asked to end (SIGTERM) and killed if they do not within {@code procession.grace} (in milliseconds; two
 * seconds if it is not set). Ctrl-C reaches the starting process alone, which then decides in that way: processes ignore SIGINT.
 *
 * <p><b>Closing</b> ends the process if it lives. Whoever only wants to wait uses {@link #join()} and need not close.
 *
 * <p><b>Nesting.</b> A process may start processes, to {@code procession.max-depth} generations (16 if it is not set).
 */
public final class Process implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Set<Process> ACTIVE = new LinkedHashSet<>(); // guarded by itself

    static {
        Immobile.declare(
                Process.class,
                "a Process can be waited for only where it was started, and does not travel; send its pid or name,"
                        + " or what it is to be told through a queue");
    }

    private final String name;
    private final boolean daemon;
    private final Builder how;
    private @Nullable Target target; // guarded by this; gone after the start, and with it what a lambda has captured
    private boolean closed; // guarded by this
    private volatile @Nullable Started started;

    /** What there is from the start on. */
    private record Started(Child child, CompletableFuture<ExitStatus> exit) {}

    /** Not a lambda, which costs more when it is the first of a program than the rest of a start. */
    private final class Ending implements Function<Exit, ExitStatus> {
        @Override
        public ExitStatus apply(Exit exit) {
            synchronized (ACTIVE) {
                ACTIVE.remove(Process.this);
            }
            return new ExitStatus(exit);
        }
    }

    private Process(Builder how, Target target) {
        this.name = how.name == null ? "process-" + COUNTER.incrementAndGet() : how.name;
        Boolean asked = how.daemon;
        this.daemon = asked == null ? Family.exists() && Family.current().isDaemon() : asked;
        this.how = how.copy();
        this.target = target;
    }

    /**
     * Runs a function in a new JVM.
     *
     * @param action the function
     * @return the process, which runs
     * @throws ProcessStartException if the operating system cannot start it
     * @throws IllegalArgumentException if the new JVM could not load the class of the function; the text says from which class loader it comes
     * @throws io.procession.codec.SerializationException if something that the function captures cannot be serialised, or is a queue over a transport that the process will not have; the text says where it sits
     * @throws IllegalStateException if this process is exiting, or too many generations stand above it
     */
    public static Process start(Action action) {
        return builder().start(action);
    }

    /**
     * Runs a main class in a new JVM.
     *
     * @param main a class with a method {@code static void main(String[])}; neither needs to be public
     * @param arguments for that method
     * @return the process, which runs
     * @throws ProcessStartException if the operating system cannot start it
     * @throws IllegalArgumentException if the class has no such method, or the new JVM could not load it
     * @throws IllegalStateException if this process is exiting, or too many generations stand above it
     */
    public static Process startMain(Class<?> main, String... arguments) {
        return builder().startMain(main, arguments);
    }

    /**
     * Begins to describe a process that needs more than a function.
     *
     * @return a fresh builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The process that runs this code.
     *
     * @return this JVM
     */
    public static ProcessInfo current() {
        Family family = Family.current();
        return new ProcessInfo(family.self(), family.isDaemon(), family.depth());
    }

    /**
     * The process that started the one that runs this code.
     *
     * @return empty in a program that was not started by this library
     */
    public static Optional<ProcessInfo> parent() {
        Family family = Family.current();
        ProcessIdentity parent = family.parent();
        return parent == null
                ? Optional.empty()
                : Optional.of(new ProcessInfo(parent, family.isParentDaemon(), family.depth() - 1));
    }

    /**
     * The processes that this one has started and that have not ended. (The workers of pools belong to their pools.)
     *
     * @return a copy, oldest first
     */
    public static List<Process> activeChildren() {
        synchronized (ACTIVE) {
            return new ArrayList<>(ACTIVE);
        }
    }

    /**
     * Starts a process that was built {@linkplain Builder#unstarted unstarted}. What its function captures is copied now.
     *
     * @return this
     * @throws IllegalStateException if it has been started or closed before, or this process is exiting
     * @throws ProcessStartException if the operating system cannot start it; it may then be tried again
     * @throws IllegalArgumentException if the new JVM could not load the class of the function
     * @throws io.procession.codec.SerializationException if something that the function captures cannot be serialised, or is a queue over a transport that the process will not have
     */
    public Process start() {
        synchronized (this) {
            Target what = target;
            if (what == null || closed) {
                throw new IllegalStateException(name + (closed ? " is closed" : " has been started before"));
            }
            Launcher.anticipate();
            Child child;
            try {
                child = Launcher.launch(new LaunchSpec(
                        name,
                        daemon,
                        what.encode(name, how.options.jvmOptions()),
                        how.options.jvmOptions(),
                        how.stdin,
                        how.stdout.output(),
                        how.stderr.output()));
            } catch (IOException e) {
                throw new ProcessStartException(name, e);
            }
            target = null;
            synchronized (ACTIVE) {
                ACTIVE.add(this);
            }
            // Joiners wait for this stage, so whoever has joined finds the process unlisted.
            started = new Started(child, child.exited().thenApply(new Ending()));
        }
        return this;
    }

    /**
     * Its name, for messages, lists and threads.
     *
     * @return what the builder was given, else {@code process-1}, {@code process-2}, ...
     */
    public String name() {
        return name;
    }

    /**
     * Whether this JVM may end without waiting for it.
     *
     * @return what the builder was given, else whether this very process is a daemon
     */
    public boolean isDaemon() {
        return daemon;
    }

    /**
     * Its number in the operating system.
     *
     * @return the pid, also after its end
     * @throws IllegalStateException if it has not been started
     */
    public long pid() {
        return running("pid").child.pid();
    }

    /**
     * Whether it runs.
     *
     * @return false before its start and after its end
     */
    public boolean isAlive() {
        Started now = started;
        return now != null && now.child.isAlive();
    }

    /**
     * Waits until it has ended and all it had sent has arrived: items it put into queues of this process, lines for a consumer.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile; the process runs on
     * @throws IllegalStateException if it has not been started
     */
    public void join() throws InterruptedException {
        try {
            running("join").exit.get();
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("the end of " + this + " could not be told", e);
        }
    }

    /**
     * Waits like {@link #join()}, but not longer than a given time.
     *
     * @param timeout how long; zero or less does not wait
     * @return whether it has ended
     * @throws InterruptedException if this thread is interrupted meanwhile; the process runs on
     * @throws IllegalStateException if it has not been started
     */
    public boolean join(Duration timeout) throws InterruptedException {
        CompletableFuture<ExitStatus> exit = running("join").exit;
        try {
            exit.get(Math.max(0, nanos(timeout)), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("the end of " + this + " could not be told", e);
        }
    }

    /**
     * How it ended.
     *
     * @return empty until {@link #join()} would return at once
     */
    public Optional<ExitStatus> exitStatus() {
        Started now = started;
        return now == null || !now.exit.isDone() ? Optional.empty() : Optional.of(now.exit.join());
    }

    /**
     * Its exit code; {@link #exitStatus()} knows more.
     *
     * @return empty until {@link #join()} would return at once
     */
    public OptionalInt exitCode() {
        return exitStatus().map(status -> OptionalInt.of(status.code())).orElse(OptionalInt.empty());
    }

    /**
     * Tells its end.
     *
     * @return a new future that completes when {@link #join()} would return; what depends on it runs on threads of this library's own.
     *     Completing or cancelling it does nothing to the process
     * @throws IllegalStateException if it has not been started
     */
    public CompletableFuture<ExitStatus> onExit() {
        return running("onExit").exit.thenApplyAsync(status -> status, Callbacks.EXECUTOR);
    }

    /**
     * Interrupts its main thread, as {@link Thread#interrupt()} does. A process that just starts is interrupted when it has come up.
     * What has not been started or has ended is left alone.
     */
    public void interrupt() {
        interrupt(Reach.PROCESS);
    }

    /**
     * Interrupts its main thread.
     *
     * @param reach {@link Reach#WITH_DESCENDANTS} for those of the processes it has started with this library too
     */
    public void interrupt(Reach reach) {
        Started now = started;
        if (now != null) {
            now.child.interrupt(reach == Reach.WITH_DESCENDANTS);
        }
    }

    /**
     * Asks it to end (SIGTERM): its shutdown hooks run, its exit code is 143. Does not wait. What has ended is left alone.
     *
     * @throws IllegalStateException if it has not been started
     */
    public void terminate() {
        terminate(Reach.PROCESS);
    }

    /**
     * Asks it to end (SIGTERM).
     *
     * @param reach whom to ask
     * @throws IllegalStateException if it has not been started
     */
    public void terminate(Reach reach) {
        running("terminate").child.terminate(reach == Reach.WITH_DESCENDANTS);
    }

    /**
     * Ends it at once (SIGKILL, exit code 137), whatever it is doing, also if it is stopped. Does not wait. What has ended is left alone.
     *
     * @throws IllegalStateException if it has not been started
     */
    public void kill() {
        kill(Reach.PROCESS);
    }

    /**
     * Ends it at once (SIGKILL).
     *
     * @param reach whom to end
     * @throws IllegalStateException if it has not been started
     */
    public void kill(Reach reach) {
        running("kill").child.kill(reach == Reach.WITH_DESCENDANTS);
    }

    /**
     * Ends it if it lives: asks first, and kills it with all its descendants if it has not ended within {@code procession.grace} (two seconds if that is not
     * set). Then waits, within a bound of some seconds, for what it had sent. An interrupt cuts the asking short. Its status stays readable; one that
     * was not started cannot be started any more. Idempotent.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            target = null;
        }
        Started now = started;
        if (now == null || now.exit.isDone()) {
            return;
        }
        boolean interrupted = false;
        try {
            try {
                now.child.terminate(false);
                if (join(Children.grace())) {
                    return;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
            now.child.kill(true);
            interrupted |= now.child.awaitExited();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Started running(String what) {
        Started now = started;
        if (now == null) {
            throw new IllegalStateException(name + " has not been started, so there is no " + what);
        }
        return now;
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException centuries) {
            return timeout.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    /** Its name and, once it is started, its pid. */
    @Override
    public String toString() {
        Started now = started;
        return now == null ? name + " (not started)" : now.child.toString();
    }

    /**
     * Describes a process. Not safe for several threads at once; may build many processes.
     */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable Boolean daemon;
        private WorkerOptions options = WorkerOptions.defaults();
        private @Nullable File stdin;
        private Stdio stdout = Stdio.inherit();
        private Stdio stderr = Stdio.inherit();

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.options = options;
            copy.stdin = stdin;
            copy.stdout = stdout;
            copy.stderr = stderr;
            return copy;
        }

        /**
         * Names it.
         *
         * @param processName for messages, lists and threads; need not be unique
         * @return this
         */
        public Builder name(String processName) {
            this.name = requireNonNull(processName, "processName");
            return this;
        }

        /**
         * Says whether this JVM may end without waiting for it.
         *
         * @param isDaemon true if so; by default what the starting process is itself, so false in a program's first
         * @return this
         */
        public Builder daemon(boolean isDaemon) {
            this.daemon = isDaemon;
            return this;
        }

        /**
         * Says how its JVM is started: heap, flags, properties, environment, directory, class path, launcher.
         *
         * @param workerOptions replaces all that was said of it before
         * @return this
         */
        public Builder options(WorkerOptions workerOptions) {
            this.options = requireNonNull(workerOptions, "workerOptions");
            return this;
        }

        /**
         * As {@link WorkerOptions#maxHeap}.
         *
         * @param size as {@code -Xmx} takes it
         * @return this
         */
        public Builder maxHeap(String size) {
            return options(options.maxHeap(size));
        }

        /**
         * As {@link WorkerOptions#jvmArgs}.
         *
         * @param flags flags of the JVM
         * @return this
         */
        public Builder jvmArgs(String... flags) {
            return options(options.jvmArgs(flags));
        }

        /**
         * As {@link WorkerOptions#systemProperty}.
         *
         * @param key its name
         * @param value its value
         * @return this
         */
        public Builder systemProperty(String key, String value) {
            return options(options.systemProperty(key, value));
        }

        /**
         * As {@link WorkerOptions#environment}.
         *
         * @param variable its name
         * @param value its value; null takes it away
         * @return this
         */
        public Builder environment(String variable, @Nullable String value) {
            return options(options.environment(variable, value));
        }

        /**
         * As {@link WorkerOptions#directory}.
         *
         * @param workingDirectory an existing directory
         * @return this
         */
        public Builder directory(Path workingDirectory) {
            return options(options.directory(workingDirectory));
        }

        /**
         * As {@link WorkerOptions#classPath}.
         *
         * @param entries jars and directories
         * @return this
         */
        public Builder classPath(List<Path> entries) {
            return options(options.classPath(entries));
        }

        /**
         * As {@link WorkerOptions#javaExecutable}.
         *
         * @param launcher the {@code java} to start
         * @return this
         */
        public Builder javaExecutable(Path launcher) {
            return options(options.javaExecutable(launcher));
        }

        /**
         * Gives it a file to read as standard input. Without, its standard input is empty.
         *
         * @param file an existing file
         * @return this
         */
        public Builder stdin(Path file) {
            this.stdin = file.toFile();
            return this;
        }

        /**
         * Says where its standard output goes.
         *
         * @param target {@link Stdio#inherit()} if nothing is said
         * @return this
         */
        public Builder stdout(Stdio target) {
            this.stdout = requireNonNull(target, "target");
            return this;
        }

        /**
         * Says where its standard error goes.
         *
         * @param target {@link Stdio#inherit()} if nothing is said
         * @return this
         */
        public Builder stderr(Stdio target) {
            this.stderr = requireNonNull(target, "target");
            return this;
        }

        /**
         * As {@link Process#start(Action)}.
         *
         * @param action the function to run
         * @return the process, which runs
         */
        public Process start(Action action) {
            return unstarted(action).start();
        }

        /**
         * Builds a process for {@link Process#start()}.
         *
         * @param action the function to run; copied at the start
         * @return the process, not started
         */
        public Process unstarted(Action action) {
            return new Process(this, new Target.Function(requireNonNull(action, "action")));
        }

        /**
         * As {@link Process#startMain(Class, String...)}.
         *
         * @param main a class with a main method
         * @param arguments for that method
         * @return the process, which runs
         */
        public Process startMain(Class<?> main, String... arguments) {
            return new Process(this, new Target.MainClass(requireNonNull(main, "main"), List.of(arguments))).start();
        }

        /**
         * Runs a main class by name: one that only the {@linkplain #classPath class path} of the new JVM holds.
         *
         * @param main the name of a class with a method {@code static void main(String[])}
         * @param arguments for that method
         * @return the process, which runs; if there is no such class, it ends with code 1
         */
        public Process startMain(String main, String... arguments) {
            return new Process(this, new Target.MainName(requireNonNull(main, "main"), List.of(arguments))).start();
        }
    }
}
