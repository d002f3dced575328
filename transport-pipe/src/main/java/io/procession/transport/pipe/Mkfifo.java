package io.procession.transport.pipe;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program that makes FIFOs; Java has no call for it. */
final class Mkfifo {
    static final String PROPERTY = "procession.pipe.mkfifo";
    private static final long LIMIT_SECONDS = 20;

    private final Path program;

    private Mkfifo(Path program) {
        this.program = program;
    }

    static Optional<Mkfifo> find() {
        return candidates()
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst()
                .map(Mkfifo::new);
    }

    /** Why {@link #find} found nothing. */
    static String missing() {
        String named = System.getProperty(PROPERTY);
        return named != null
                ? "the system property " + PROPERTY + " names " + named + ", which is not a program"
                : "the program mkfifo is neither on the PATH nor in /usr/bin or /bin";
    }

    private static Stream<Path> candidates() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return paths(Stream.of(named));
        }
        String path = System.getenv("PATH");
        Stream<String> onPath = path == null ? Stream.empty() : Stream.of(path.split(File.pathSeparator));
        // A relative entry of the PATH would mean another place in each working directory.
        return Stream.concat(
                paths(onPath).filter(Path::isAbsolute).map(directory -> directory.resolve("mkfifo")),
                Stream.of(Path.of("/usr/bin/mkfifo"), Path.of("/bin/mkfifo")));
    }

    private static Stream<Path> paths(Stream<String> names) {
        return names.flatMap(name -> {
            try {
                return Stream.of(Path.of(name));
            } catch (InvalidPathException e) {
                return Stream.empty();
            }
        });
    }

    /**
     * Makes FIFOs of mode 0600 by one execution.
     *
     * @param directory where
     * @param names plain ASCII names, none of which exists
     */
    void make(Path directory, List<String> names) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-m", "600"));
        command.addAll(names);
        // Relative names in its own working directory keep the directory's characters out of the arguments.
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            if (!ended(process)) {
                throw new IOException(program + " did not end within " + LIMIT_SECONDS + " s in " + directory);
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + " failed in " + directory + " with exit code " + process.exitValue()
                        + ": " + output(process));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Waits for milliseconds, so an interrupt can wait as well: to listen is not interruptible. */
    private static boolean ended(Process process) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String output(Process process) throws IOException {
        byte[] text = process.getInputStream().readNBytes(2000);
        return new String(text, StandardCharsets.UTF_8).strip();
    }
}
