package io.procession.examples.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The system's own checksum program, which must say the same as ours. */
final class SystemTool {
    private SystemTool() {}

    /** What {@code sha256sum} (or {@code shasum}, on macOS) prints for the files below a directory, sorted. */
    static List<String> checksums(Path tree) throws IOException, InterruptedException {
        Stream<String> tool = onPath("sha256sum") ? Stream.of("sha256sum") : Stream.of("shasum", "-a", "256");
        List<String> command = Stream.of(
                        Stream.of("find", tree.toString(), "-type", "f", "-exec"), tool, Stream.of("{}", "+"))
                .flatMap(part -> part)
                .toList();
        java.lang.Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(Charset.forName(System.getProperty("sun.jnu.encoding")))) {
            List<String> lines = output.lines().sorted().toList();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " ended with exit code " + process.exitValue());
            }
            return lines;
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
