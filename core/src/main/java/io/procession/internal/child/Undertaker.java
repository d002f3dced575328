package io.procession.internal.child;

import io.procession.internal.connection.Connections;
import io.procession.internal.family.Family;
import io.procession.internal.family.StatusPage;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for the end of one child, lets what it said arrive, collects the evidence and clears up behind it. One for each
 * child, parked in Java: {@link Process#onExit} would run on the common pool, which user code may have filled with joins.
 */
final class Undertaker extends Thread {
    private static final long STACK_BYTES = 256 * 1024;
    private static final long MAX_PAUSE_MILLIS = 2_000;

    private final Child child;
    private final LaunchSpec spec;
    private final Family family;
    private final ControlPoint control;
    private final ControlChannel channel;
    private final Tail stderr;
    private final File arguments;
    private final List<OutputPump> pumps;

    private Undertaker(
            Child child,
            LaunchSpec spec,
            Family family,
            ControlPoint control,
            ControlChannel channel,
            Tail stderr,
            File arguments) {
        super(null, null, "procession-" + spec.name() + "-exit", STACK_BYTES);
        setDaemon(true);
        this.child = child;
        this.spec = spec;
        this.family = family;
        this.control = control;
        this.channel = channel;
        this.stderr = stderr;
        this.arguments = arguments;
        this.pumps = pumps();
    }

    static void follow(
            Child child,
            LaunchSpec spec,
            Family family,
            ControlPoint control,
            ControlChannel channel,
            Tail stderr,
            File arguments) {
        new Undertaker(child, spec, family, control, channel, stderr, arguments).start();
    }

    private List<OutputPump> pumps() {
        List<OutputPump> running = new ArrayList<>();
        Process process = child.process();
        String name = "procession-" + spec.name() + "-";
        if (spec.stdout() instanceof Output.Lines lines) {
            running.add(OutputPump.toLines(name + "out", process.getInputStream(), lines.consumer()));
        } else if (spec.stdout() instanceof Output.CopyAndKeepTail) {
            running.add(OutputPump.toStream(name + "out", process.getInputStream(), words(System.out), new Tail()));
        }
        if (spec.stderr() instanceof Output.Lines lines) {
            running.add(OutputPump.toLines(name + "err", process.getErrorStream(), lines.consumer()));
        } else if (spec.stderr() instanceof Output.CopyAndKeepTail) {
            running.add(OutputPump.toStream(name + "err", process.getErrorStream(), words(System.err), stderr));
        }
        return running;
    }

    private FirstWords words(PrintStream target) {
        return new FirstWords(target, () -> {
            try {
                return child.status().state() == StatusPage.State.STARTED;
            } catch (UncheckedIOException unreadable) {
                return true;
            }
        });
    }

    @Override
    public void run() {
        int code = awaitProcess();
        Exit exit;
        try {
            exit = collect(code, drain());
        } catch (RuntimeException | Error e) { // no memory, for example: who joins is told all the same
            exit = new Exit(code, null, true, "", List.of(), null, "its end could not be looked into: " + e);
        }
        try {
            child.removeFiles();
            Children.ended(child);
            control.release(channel);
        } finally {
            child.complete(exit);
            if (!spec.daemon()) {
                Keeper.release();
            }
        }
    }

    /** Listens for the child when it is about to connect: see {@link ControlPoint}. */
    private int awaitProcess() {
        long pause = ControlPoint.QUIET_MILLIS;
        while (!child.awaitProcess(pause)) {
            try {
                control.open();
                break;
            } catch (RuntimeException | Error noMoreThreads) { // or no more classes, if their loader was closed
                pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
            }
        }
        return child.awaitProcess();
    }

    private @Nullable String drain() {
        long deadline = System.nanoTime() + Child.DRAIN_NANOS;
        String problem = null;
        try {
            for (OutputPump pump : pumps) {
                if (!pump.awaitEnd(deadline)) {
                    problem = "the consumer of its output has not taken all of it";
                }
            }
            Connections connections = Connections.existing();
            if (connections != null) {
                CompletableFuture<@Nullable Void> drained =
                        connections.drained(child.identity().incarnation());
                drained.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException late) {
            problem = "what it sent before its end has not arrived in full";
        } catch (ExecutionException failed) {
            problem = "what it sent before its end has not arrived in full: " + failed.getCause();
        } catch (InterruptedException nobodysBusiness) {
            problem = "the thread that waited for its output was interrupted";
        }
        return problem;
    }

    private Exit collect(int code, @Nullable String problem) {
        CrashReport crash = CrashReport.find(
                family.directory().toFile(), child.pid(), spec.jvm().directory());
        boolean started;
        String lastWords;
        String signal;
        try {
            child.status().freeze();
            started = child.status().state() == StatusPage.State.STARTED;
            lastWords = child.status().lastWords();
            signal = Evidence.signal(code, child.status(), crash);
        } catch (UncheckedIOException unreadable) {
            return new Exit(
                    code, Evidence.signal(code, null, crash), true, "", stderr.lines(), crash, unreadable.toString());
        }
        if (!started && signal == null) {
            lastWords = askWhy();
        }
        return new Exit(code, signal, started, lastWords, stderr.lines(), crash, problem);
    }

    /** A JVM that did not come up has said why on a stderr that is perhaps not ours to read. Asked again with the same flags, it says so again. */
    private String askWhy() {
        if (!arguments.exists()) {
            return "";
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(CommandLine.java(spec.jvm()), "@" + arguments, "-version")
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            Launcher.prepare(builder, spec.jvm());
            Process again = builder.start();
            if (!again.waitFor(5, TimeUnit.SECONDS)) {
                again.destroyForcibly();
            }
            byte[] said = again.getInputStream().readNBytes(4096);
            return again.exitValue() == 0 ? "" : new String(said, StandardCharsets.UTF_8).strip();
        } catch (IOException | IllegalThreadStateException e) {
            return e.getMessage() == null ? "" : e.getMessage();
        } catch (InterruptedException e) {
            return "";
        }
    }
}
