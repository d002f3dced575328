package io.procession.transport.pipe;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program that makes FIFOs; Java has no call for it. Every child looks for it as it starts, hence neither streams nor {@link Path}. */
final class Mkfifo {
    static final String PROPERTY = "procession.pipe.mkfifo";
    private static final long LIMIT_SECONDS = 20;

    private final File program;

    private Mkfifo(File program) {
        this.program = program;
    }

    static Optional<Mkfifo> find() {
        for (File candidate : candidates()) {
            if (candidate.isFile() && candidate.canExecute()) {
                return Optional.of(new Mkfifo(candidate));
            }
        }
        return Optional.empty();
    }

    /** Why {@link #find} found nothing. */
    static String missing() {
        String named = System.getProperty(PROPERTY);
        return named != null
                ? "the system property " + PROPERTY + " names " + named + ", which is not a program"
                : "the program mkfifo is neither on the PATH nor in /usr/bin or /bin";
    }

    private static List<File> candidates() {
        List<File> candidates = new ArrayList<>();
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            candidates.add(new File(named));
            return candidates;
        }
        String path = System.getenv("PATH");
        for (String directory : path == null ? new String[0] : path.split(File.pathSeparator)) {
            if (new File(directory).isAbsolute()) { // a relative one would mean another place in each working directory
                candidates.add(new File(directory, "mkfifo"));
            }
        }
        candidates.add(new File("/usr/bin/mkfifo"));
        candidates.add(new File("/bin/mkfifo"));
        return candidates;
    }

    /**
     * Makes FIFOs of mode 0600 by one execution.
     *
     * @param directory where
     * @param names plain ASCII names, none of which exists
     */
    void make(Path directory, List<String> names) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.getPath(), "-m", "600"));
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
