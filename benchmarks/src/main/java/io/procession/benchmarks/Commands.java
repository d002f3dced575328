package io.procession.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How contenders are started: Java programs on the JDK of the harness, Python scripts by the first {@code python3}. */
public final class Commands {
    private final Path scripts;
    private final Optional<Path> python = onPath("python3");
    private final Optional<Path> taskset = onPath("taskset");

    /**
     * Prepares.
     *
     * @param scripts an empty directory; scripts are unpacked there
     */
    public Commands(Path scripts) {
        this.scripts = scripts;
    }

    /** Runs a main class. */
    public List<String> java(Class<?> main, Object... arguments) {
        return java(List.of(), main, arguments);
    }

    /** Runs a main class in a JVM with these flags. */
    public List<String> java(List<String> flags, Class<?> main, Object... arguments) {
        return java(ClassPath.withoutPeers(), flags, main, arguments);
    }

    /** Runs a main class that needs one of the peers that bring many jars. */
    List<String> peer(List<String> flags, Class<?> main, Object... arguments) {
        return java(ClassPath.whole(), flags, main, arguments);
    }

    private static List<String> java(String classPath, List<String> flags, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath));
        command.add(main.getName());
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return command;
    }

    /** Runs a script of the {@code python} folder; empty if there is no Python. */
    Optional<List<String>> python(String script, Object... arguments) {
        return python.map(interpreter -> {
            unpack("subject.py");
            List<String> command = new ArrayList<>(List.of(interpreter.toString(), unpack(script)));
            Stream.of(arguments).map(String::valueOf).forEach(command::add);
            return command;
        });
    }

    /** The same command on one core, children included; empty if this system has no {@code taskset}. */
    Optional<List<String>> onOneCore(List<String> command) {
        return taskset.map(tool -> Stream.concat(Stream.of(tool.toString(), "-c", "0"), command.stream())
                .toList());
    }

    private String unpack(String script) {
        try (InputStream content = Commands.class.getResourceAsStream("python/" + script)) {
            if (content == null) {
                throw new IllegalArgumentException("no script named " + script);
            }
            Path file = scripts.resolve(script);
            Files.write(file, content.readAllBytes());
            return file.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot unpack " + script + " to " + scripts, e);
        }
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
