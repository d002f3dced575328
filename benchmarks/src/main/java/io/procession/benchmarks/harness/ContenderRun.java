package io.procession.benchmarks.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a contender's program. It ends before this JVM does, and takes its own children with it. What it prints goes to a file: from a pipe one could not stop reading as long as a child that
 * outlived it holds the other end.
 */
final class ContenderRun implements AutoCloseable {
    /** Long enough for a JVM to end its children in order and to remove its files. */
    private static final long GRACE_SECONDS = 4;

    private final Duration limit;
    private final Path output;
    private final Leftovers leftovers = new Leftovers();
    private final Thread hook = new Thread(this::end, "end of the contender");
    private @Nullable Process process; // guarded by this, as is ended
    private boolean ended;

    private ContenderRun(Duration limit, Path output) {
        this.limit = limit;
        this.output = output;
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
        try (ScratchDirectory scratch = ScratchDirectory.create("contender")) {
            ContenderRun run = new ContenderRun(limit, scratch.path().resolve("output"));
            Runtime.getRuntime().addShutdownHook(run.hook); // for Ctrl-C; before the start, so that none is missed
            try (run) {
                return run.samples(run.start(contender));
            }
        } catch (IllegalStateException ending) { // no more hooks are taken
            throw new InterruptedException("this JVM is ending");
        }
    }

    private synchronized Process start(Contender contender) throws IOException, InterruptedException {
        if (ended) {
            throw new InterruptedException("this JVM is ending");
        }
        ProcessBuilder builder = new ProcessBuilder(contender.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile());
        leftovers.mark(builder.environment());
        Process started = builder.start();
        process = started;
        return started;
    }

    private Samples samples(Process process) throws IOException, TimeoutException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("not done within " + limit.toSeconds() + " s");
        }
        List<String> lines =
                new String(Files.readAllBytes(output), UTF_8).lines().toList();
        for (String line : lines) {
            if (line.startsWith(AbsentException.LINE)) {
                throw new AbsentException(line.substring(AbsentException.LINE.length()));
            }
        }
        if (process.exitValue() != 0) {
            throw new IOException("ended with exit code " + process.exitValue());
        }
        try {
            Samples samples = Samples.parse(lines);
            if (samples.histogram().getTotalCount() == 0) {
                throw new IOException("printed no samples");
            }
            return samples;
        } catch (NumberFormatException other) {
            throw new IOException("printed a sample that is no number: " + other.getMessage(), other);
        }
    }

    private void end() {
        Process running;
        synchronized (this) {
            ended = true;
            running = process;
        }
        if (running == null) {
            return;
        }
        if (running.isAlive()) {
            end(running);
        }
        leftovers.end(GRACE_SECONDS);
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
