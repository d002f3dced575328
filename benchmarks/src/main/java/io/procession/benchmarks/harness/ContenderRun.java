package io.procession.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of a contender's program. It ends before this JVM does, and takes its own children with it. */
final class ContenderRun implements AutoCloseable {
    /** Long enough for a JVM to end its children in order and to remove its files. */
    private static final long GRACE_SECONDS = 4;

    private final Process process;
    private final Duration limit;
    private final AtomicBoolean late = new AtomicBoolean();
    private final Thread hook = new Thread(this::end, "end of the contender");

    private ContenderRun(Process process, Duration limit) {
        this.process = process;
        this.limit = limit;
    }

    /**
     * Runs a contender's program to its end.
     *
     * @param limit when it is ended if it has not ended by itself
     * @throws IOException if it failed
     * @throws TimeoutException if it was late
     * @throws InterruptedException if the calling thread was interrupted; the program was ended
     */
    static Samples run(Contender contender, Duration limit) throws IOException, TimeoutException, InterruptedException {
        Process process = new ProcessBuilder(contender.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (ContenderRun run = new ContenderRun(process, limit)) {
            Runtime.getRuntime().addShutdownHook(run.hook); // for Ctrl-C
            return run.samples();
        }
    }

    private Samples samples() throws IOException, TimeoutException, InterruptedException {
        CompletableFuture<Void> timer = CompletableFuture.runAsync(
                this::endLate, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try (BufferedReader output = process.inputReader()) {
            Samples samples = Samples.parse(output.lines().toList());
            int exitCode = process.waitFor();
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

    /** Asks first, so that it can remove what it made. */
    private void end() {
        List<ProcessHandle> family =
                process.descendants().toList(); // they have no parent to be found by when it has ended
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
        if (process.isAlive()) {
            end();
        }
    }
}
