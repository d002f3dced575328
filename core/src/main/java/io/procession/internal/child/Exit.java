package io.procession.internal.child;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a child ended.
 *
 * @param code as the JDK tells it: that of {@code System.exit}, or 128 + the number of the signal
 * @param signal the name of the signal that ended it, such as {@code SIGKILL}; null if none did. Told by evidence, not by the code alone
 * @param started whether its JVM came so far as to run code of this library
 * @param lastWords the trace of the uncaught exception, or what the JVM printed instead of starting; cut off at 2 KiB; may be empty
 * @param stderrTail its last lines on stderr, if those went through this process
 * @param crash what the JVM wrote when it crashed
 * @param problem what kept the evidence or the output from being complete; null if nothing did
 */
public record Exit(
        int code,
        @Nullable String signal,
        boolean started,
        String lastWords,
        List<String> stderrTail,
        @Nullable CrashReport crash,
        @Nullable String problem) {
    /** Whether it ended as it should: its JVM started, and the exit code is 0. */
    public boolean isSuccess() {
        return started && code == 0;
    }

    /** One clause for messages, such as {@code was killed by SIGKILL} or {@code exited with code 3}. */
    public String describe() {
        if (!started && signal == null) {
            return "did not start (exit code " + code + ")";
        }
        return signal == null ? "exited with code " + code : "was killed by " + signal;
    }
}
