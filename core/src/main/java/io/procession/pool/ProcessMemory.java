package io.procession.pool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much memory a process holds, as the operating system tells it: on Linux, {@code VmRSS} of {@code /proc/<pid>/status}. */
final class ProcessMemory {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]*)([kmgt]?)");
    private static final String RESIDENT = "VmRSS:";

    private ProcessMemory() {}

    /** A size as {@code -Xmx} takes it, in bytes. */
    static long parse(String size) {
        Matcher parts = SIZE.matcher(requireNonNull(size, "size").toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a size of memory is a number, then nothing or one of k, m, g, t, such as 512m: '" + size + "'");
        }
        int power = "kmgt".indexOf(parts.group(2)) + 1;
        try {
            return Math.multiplyExact(
                    Long.parseLong(parts.group(1)), parts.group(2).isEmpty() ? 1 : 1L << (10 * power));
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            throw new IllegalArgumentException("more than any process can hold: '" + size + "'", tooLarge);
        }
    }

    /** The same for what {@link #residentBytes} is compared with. */
    static long limit(String size) {
        long bytes = parse(size);
        if (residentBytes(ProcessHandle.current().pid()) < 0) {
            throw new UnsupportedOperationException(
                    "this system has no /proc that tells how much memory a process holds; "
                            + "to limit the Java heap of workers, use maxWorkerHeap or WorkerOptions.maxHeap");
        }
        return bytes;
    }

    /** The resident set size of a process; -1 if it is gone or nothing tells. */
    static long residentBytes(long pid) {
        try (Stream<String> lines =
                Files.lines(PROC.resolve(Long.toString(pid)).resolve("status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line ->
                            line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | java.io.UncheckedIOException | NumberFormatException gone) {
            return -1;
        }
    }
}
