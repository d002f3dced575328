package io.procession.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many processes the kernel has killed for want of memory, where it says so (Linux): the counter of the machine, which includes those of containers. */
final class OomKills {
    private static final Path COUNTERS = Path.of("/proc/vmstat");
    private static final String NAME = "oom_kill ";

    private static long known = count();

    private OomKills() {}

    /** Begins to count now, if nobody has. */
    static void watch() {
        // by loading this class
    }

    /** Whether there were some since this was asked last. */
    static synchronized boolean haveGrown() {
        long before = known;
        known = count();
        return known > before;
    }

    private static long count() {
        try (Stream<String> lines = Files.lines(COUNTERS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(NAME))
                    .mapToLong(line -> Long.parseLong(line.substring(NAME.length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException | NumberFormatException notTold) {
            return 0;
        }
    }
}
