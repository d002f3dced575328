package io.procession.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes this JVM answers for: all below it, and on Linux those of its process group whose parent is not of the group, for that is what
 * becomes of the children of a child that was killed.
 */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");

    private record Stat(long pid, long parent, long group, boolean zombie) {}

    private ProcessTree() {}

    static Set<ProcessHandle> current() {
        Set<ProcessHandle> processes = ProcessHandle.current().descendants().collect(Collectors.toSet());
        if (Files.isReadable(PROC.resolve("self/stat"))) {
            processes.addAll(orphans());
        }
        return processes;
    }

    static String describe(ProcessHandle process) {
        String parent = process.parent().map(it -> Long.toString(it.pid())).orElse("?");
        String command = process.info()
                .commandLine()
                .or(() -> process.info().command())
                .orElse("unknown command, perhaps already dead and not reaped");
        return "process " + process.pid() + " (parent " + parent + "): " + command;
    }

    private static Set<ProcessHandle> orphans() {
        Map<Long, Stat> all = all();
        Stat self = all.get(ProcessHandle.current().pid());
        Set<ProcessHandle> orphans = new HashSet<>();
        for (Stat stat : all.values()) {
            Stat parent = all.get(stat.parent);
            boolean orphan = parent == null || self == null || parent.group != self.group;
            if (self != null && stat.group == self.group && orphan && !stat.zombie && stat.pid != self.pid) {
                ProcessHandle.of(stat.pid).ifPresent(orphans::add);
            }
        }
        return orphans;
    }

    private static Map<Long, Stat> all() {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .map(ProcessTree::stat)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toMap(Stat::pid, Function.identity()));
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    private static Optional<Stat> stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // pid (command, which may contain anything) state parent group ...
            String[] rest = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long pid = Long.parseLong(process.getFileName().toString());
            return Optional.of(new Stat(pid, Long.parseLong(rest[1]), Long.parseLong(rest[2]), rest[0].equals("Z")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
