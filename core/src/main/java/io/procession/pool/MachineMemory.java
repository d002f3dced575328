package io.procession.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory this process and its workers may use together: that of the machine, or what its control group (container) has been given, if that is less.
 * Linux only; read from a few files of the kernel, since the JDK's way to know costs a hundred milliseconds of start-up.
 */
final class MachineMemory {
    private static final Path PROC = Path.of("/proc");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private MachineMemory() {}

    /** The bytes; 0 if nobody tells. */
    static long bytes() {
        return bytes(PROC, GROUPS);
    }

    static long bytes(Path proc, Path groups) {
        long machine = machine(proc.resolve("meminfo"));
        long group = group(proc.resolve("self").resolve("cgroup"), groups);
        return machine == 0 ? 0 : Math.min(machine, group);
    }

    private static long machine(Path meminfo) {
        for (String line : lines(meminfo)) {
            if (line.startsWith("MemTotal:")) {
                return number(
                                line.substring("MemTotal:".length())
                                        .replace("kB", "")
                                        .strip(),
                                0)
                        * 1024;
            }
        }
        return 0;
    }

    /** The least that this process's control group, or one that contains it, may use; version 2 of control groups, then 1. */
    private static long group(Path memberships, Path groups) {
        long least = Long.MAX_VALUE;
        for (String line : lines(memberships)) { // hierarchy:controllers:path
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                least = Math.min(least, least(groups, parts[2], "memory.max"));
            } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
                least = Math.min(least, least(groups.resolve("memory"), parts[2], "memory.limit_in_bytes"));
            }
        }
        return least;
    }

    private static long least(Path root, String path, String file) {
        long least = limit(root.resolve(file)); // inside a container its own group is mounted as the root
        Path group = root;
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals("..")) {
                group = group.resolve(name);
                least = Math.min(least, limit(group.resolve(file)));
            }
        }
        return least;
    }

    private static long limit(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? Long.MAX_VALUE : number(lines.get(0).strip(), Long.MAX_VALUE); // "max" is no number
    }

    private static long number(String text, long otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
