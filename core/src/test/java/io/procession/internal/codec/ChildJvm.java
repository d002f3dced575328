package io.procession.internal.codec;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own and keeps what it printed. */
final class ChildJvm {
    final int exitCode;
    final String stdout;
    final String stderr;

    private ChildJvm(int exitCode, String stdout, String stderr) {
        this.exitCode = exitCode;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    static ChildJvm onClassPath(Path directory, Class<?> main, String... options) {
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return run(directory, arguments);
    }

    static ChildJvm run(Path directory, List<String> arguments) {
        return run(directory, "java", arguments);
    }

    /** Runs a program of the JDK that runs this test. */
    static ChildJvm run(Path directory, String tool, List<String> arguments) {
        try {
            Path out = Files.createTempFile(directory, "out", ".txt");
            Path err = Files.createTempFile(directory, "err", ".txt");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .start();
            try {
                if (!process.waitFor(2, TimeUnit.MINUTES)) {
                    throw new AssertionError("the child did not end");
                }
            } finally {
                process.destroyForcibly();
            }
            return new ChildJvm(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static File nothing() {
        return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    }
}
