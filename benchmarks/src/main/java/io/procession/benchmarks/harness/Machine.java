package io.procession.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where and when figures were measured: without it they mean nothing.
 *
 * @param date when, to the second
 * @param processor its model and how many of them
 * @param memoryMebibytes main memory; 0 if not known
 * @param system the operating system
 * @param jdk the Java version and vendor, also of all Java contenders
 * @param flags the JVM flags of the harness
 * @param load runnable threads in the minute before; negative if not known
 */
public record Machine(
        String date,
        String processor,
        long memoryMebibytes,
        String system,
        String jdk,
        List<String> flags,
        double load) {
    /** Looks around. */
    public static Machine here() {
        return new Machine(
                ZonedDateTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                Runtime.getRuntime().availableProcessors() + " × "
                        + firstValue("/proc/cpuinfo", "model name", "unknown"),
                Long.parseLong(firstValue("/proc/meminfo", "MemTotal", "0 kB").replaceAll("\\D", "")) / 1024,
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                property("java.runtime.version") + ", " + property("java.vendor"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Whether others kept the machine busy when the measuring began. */
    public boolean busy() {
        return load > Runtime.getRuntime().availableProcessors() / 2.0;
    }

    /** Whether figures of both can stand in one table. */
    boolean isLike(Machine other) {
        return name().equals(other.name());
    }

    String name() {
        return processor + ", " + system + ", JDK " + jdk;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String firstValue(String file, String key, String otherwise) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
