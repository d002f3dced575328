package io.procession.benchmarks.subjects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What of a process lies in memory; see proc(5). */
final class ResidentMemory {
    private static final String FIELD = "VmRSS:";

    private ResidentMemory() {}

    static long bytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("no memory known of process " + pid, e);
        }
    }
}
