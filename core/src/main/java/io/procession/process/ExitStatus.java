package io.procession.process;

import io.procession.internal.child.CrashReport;
import io.procession.internal.child.Exit;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a process ended. Immutable. */
public final class ExitStatus {
    private final Exit exit;

    ExitStatus(Exit exit) {
        this.exit = exit;
    }

    /**
     * The exit code, as {@link java.lang.Process#exitValue()} tells it.
     *
     * @return 0 to 255: what was given to {@link System#exit}, 1 after an uncaught exception, 128 + its number after a signal
     */
    public int code() {
        return exit.code();
    }

    /**
     * The signal that ended the process. Told by evidence, not by the code: a process that calls {@code System.exit(137)} was not killed. One
     * that halts with {@code Runtime.halt(137)} cannot be told from a killed one.
     *
     * @return its name, such as {@code SIGTERM}, {@code SIGKILL}, or {@code SIGSEGV} after a crash of the JVM; empty if there was none
     */
    public Optional<String> signal() {
        return Optional.ofNullable(exit.signal());
    }

    /**
     * Whether all went well.
     *
     * @return true if the JVM came up and the exit code is 0
     */
    public boolean isSuccess() {
        return exit.isSuccess();
    }

    /**
     * Whether the JVM came up at all.
     *
     * @return false if it ended before any code of the process ran, because of a flag it does not know, for example; {@link #lastWords()} then
     *     holds what it printed
     */
    public boolean hasStarted() {
        return exit.started();
    }

    /**
     * Why the process ended, in its own words.
     *
     * @return the stack trace of the uncaught exception of its main thread, or what the JVM printed instead of starting, cut off at 2 KiB;
     *     else empty
     */
    public String lastWords() {
        return exit.lastWords();
    }

    /**
     * What the JVM wrote about its own crash ({@code hs_err_pid...log}). It stays where it is until somebody deletes it.
     *
     * @return the file, in the working directory of the process or else in the temp folder; empty if there was no crash
     */
    public Optional<Path> crashFile() {
        return Optional.ofNullable(exit.crash()).map(CrashReport::file);
    }

    /**
     * What kept the output of the process from arriving in full before it counted as ended.
     *
     * @return a clause for a message; empty if all arrived
     */
    public Optional<String> incomplete() {
        return Optional.ofNullable(exit.problem());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExitStatus status && exit.equals(status.exit);
    }

    @Override
    public int hashCode() {
        return exit.hashCode();
    }

    /** One clause, such as {@code was killed by SIGKILL}, and in short what the process left to say. */
    @Override
    public String toString() {
        String reason = reason();
        return reason.isEmpty() ? exit.describe() : exit.describe() + ": " + reason;
    }

    private String reason() {
        CrashReport crash = exit.crash();
        if (crash != null) {
            return crash.summary();
        }
        // A trace begins with what counts; a JVM that refuses its flags ends with it.
        return exit.started()
                ? exit.lastWords().lines().findFirst().orElse("")
                : exit.lastWords().replace('\n', ' ');
    }
}
