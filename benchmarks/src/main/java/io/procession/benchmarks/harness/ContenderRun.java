package io.procession.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of a contender's program. It ends before this JVM does, and takes its own children with it. */
final class ContenderRun implements AutoCloseable {
    /** Long enough for a JVM to end its children in order and to remove its files. */
    private static final long GRACE_SECONDS = 4;

    private final Duration limit;
    private final AtomicBoolean late = new AtomicBoolean();
    private final Thread hook = new Thread(this::end, "end of the contender");
    private @Nullable Process process; // guarded by this, as is ended
    private boolean ended;

    private ContenderRun(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs a contender's program to its end.
     *
     * @param limit when it is ended if it has not ended by itself
     * @throws AbsentException if it says that it cannot run here
     * @throws IOException if it failed
     * @throws TimeoutException if it was late
     * @throws InterruptedException if the calling thread was interrupted, or this JVM is ending; the program was ended, or not started
     */
    static Samples run(Contender contender, Duration limit) throws IOException, TimeoutException, InterruptedException {
        ContenderRun run = new ContenderRun(limit);
        try {
            Runtime.getRuntime().addShutdownHook(run.hook); // for Ctrl-C; before the start, so that none is missed
        } catch (IllegalStateException ending) {
            throw new InterruptedException("this JVM is ending");
        }
        try (run) {
            return run.samples(run.start(contender));
        }
    }

    private synchronized Process start(Contender contender) throws IOException, InterruptedException {
        if (ended) {
            throw new InterruptedException("this JVM is ending");
        }
        Process started = new ProcessBuilder(contender.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        return started;
    }

    private Samples samples(Process process) throws IOException, TimeoutException, InterruptedException {
        CompletableFuture<Void> timer = CompletableFuture.runAsync(
                this::endLate, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            Samples samples = Samples.parse(lines);
            int exitCode = process.waitFor();
            for (String line : lines) {
                if (line.startsWith(AbsentException.LINE)) {
                    throw new AbsentException(line.substring(AbsentException.LINE.length()));
                }
            }
            if (late.get()) {
                throw new TimeoutException("not done within " + limit.toSeconds() + " s");
            }
            if (exitCode != 0 || samples.histogram().getTotalCount() == 0) {
                throw new IOException("ended with exit code " + exitCode + " after "
                        + samples.histogram().getTotalCount() + " samples");
            }
            return samples;
        } finally {
            timer.cancel(false);
        }
    }

    private void endLate() {
        late.set(true);
        end();
    }

    private void end() {
        Process running;
        synchronized (this) {
            ended = true;
            running = process;
        }
        if (running != null && running.isAlive()) {
            end(running);
        }
    }

    /** Asks first, so that it can remove what it made. */
    private static void end(Process process) {
        // Those it started: they have no parent to be found by when it has ended.
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then at once
        }
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return; // the hook is at it
        }
        end();
    }
}
