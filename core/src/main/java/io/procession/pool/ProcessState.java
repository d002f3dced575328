package io.procession.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the operating system tells of a process that says nothing itself. */
final class ProcessState {
    private static final Path PROC = Path.of("/proc");

    private ProcessState() {}

    /** How much processor time a process has used; -1 if it is gone or nothing tells. */
    static long cpuNanos(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(-1L);
    }

    /** Whether it was stopped by a signal, as {@code /proc/<pid>/stat} tells on Linux; false where nothing does. */
    static boolean isStopped(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            int afterName = stat.lastIndexOf(')') + 2; // the name may have brackets in it
            return afterName < stat.length() && "Tt".indexOf(stat.charAt(afterName)) >= 0;
        } catch (IOException gone) {
            return false;
        }
    }
}
