package io.procession.pool;

import static java.util.Objects.requireNonNull;

import io.procession.internal.child.Launcher;
import io.procession.internal.connection.Connections;
import io.procession.internal.connection.Listening;
import io.procession.process.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The options of a pool, all with defaults; made by {@link Pool#builder()}. Not safe for several threads at once. */
public final class PoolBuilder {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    // Read by PoolSettings.
    int workers = Runtime.getRuntime().availableProcessors();
    WorkerOptions options = WorkerOptions.defaults();

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
        Scheduler scheduler = new Scheduler(settings, new ProcessLauncher(listening, settings));
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
