package io.procession.pool;

import io.procession.internal.child.CrashReport;
import io.procession.internal.child.Exit;
import java.util.List;
import java.util.Set;

/** What probably ended a worker, as far as the evidence goes: exit code, goodbye mark, crash report, last lines, and what the kernel counts. */
public enum DeathCause {
    /** {@link System#exit} was called, or the last thread ended: shutdown hooks ran. */
    EXIT("System.exit was called in it"),
    /** {@link Runtime#halt} was called, or {@code exit} in native code: shutdown hooks did not run. */
    HALT("Runtime.halt was called in it, or it ended in native code"),
    /** The JVM crashed in native code, its own or that of a library. */
    NATIVE_CRASH("native code crashed"),
    /** A stack overflowed in native code, or where the JVM could not throw a {@link StackOverflowError}. */
    STACK_OVERFLOW("a stack overflowed in native code"),
    /** The JVM ran out of memory in a way that no task could be told. */
    OUT_OF_MEMORY("it ran out of memory"),
    /** The kernel's out-of-memory killer was at work when it was killed. */
    OOM_KILLER("the kernel, short of memory, has killed a process meanwhile"),
    /** A signal from outside. */
    KILLED("the signal came from outside");

    private static final Set<String> CRASHES =
            Set.of("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP", "SIGSYS");

    /** The exit code of a process that SIGSEGV ended; a JVM that reports a crash then aborts. */
    private static final int RAW_SIGSEGV = 128 + 11;

    private final String clause;

    DeathCause(String clause) {
        this.clause = clause;
    }

    /** For messages. */
    String clause() {
        return clause;
    }

    /**
     * The cause that fits the evidence best.
     *
     * @param saidGoodbye whether its shutdown hooks ran
     * @param oomKills whether the kernel has killed a process for want of memory since the last look
     */
    static DeathCause of(Exit exit, boolean saidGoodbye, boolean oomKills) {
        CrashReport crash = exit.crash();
        String signal = exit.signal();
        if ((crash != null && crash.signalName().isEmpty()) || says(exit, "java.lang.OutOfMemoryError")) {
            return OUT_OF_MEMORY;
        } else if (says(exit, "stack overflow")) {
            return STACK_OVERFLOW;
        } else if (crash == null && exit.code() == RAW_SIGSEGV) {
            return STACK_OVERFLOW; // a JVM reports every other, if it has a stack left to do so
        } else if (crash != null || (signal != null && CRASHES.contains(signal))) {
            return NATIVE_CRASH;
        } else if (signal != null) {
            return signal.equals("SIGKILL") && oomKills ? OOM_KILLER : KILLED;
        }
        return saidGoodbye ? EXIT : HALT;
    }

    private static boolean says(Exit exit, String text) {
        List<String> tail = exit.stderrTail();
        return exit.code() != 0
                && (exit.lastWords().contains(text) || tail.stream().anyMatch(line -> line.contains(text)));
    }
}
