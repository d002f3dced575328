package io.procession.transport.shm.queue;

import io.procession.transport.Availability;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program that makes FIFOs; Java has no call for it. */
final class Mkfifo {
    static final String PROPERTY = "procession.shm.mkfifo";

    private static final long PATIENCE_SECONDS = 30;

    private Mkfifo() {}

    /** Whether there is one; {@code POSIX} systems have it, some images of containers do not. */
    static Availability availability() {
        if (File.separatorChar == '\\') {
            return Availability.refused("this system has no FIFOs, by which processes that sleep are woken");
        }
        if (find() != null) {
            return Availability.available();
        }
        String named = System.getProperty(PROPERTY);
        return Availability.refused(
                named == null
                        ? "the program mkfifo, which makes what sleeping processes are woken by, is neither on the PATH nor in /usr/bin or /bin"
                        : "the system property " + PROPERTY + " names " + named + ", which is not a program");
    }

    private static @Nullable File find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            File program = new File(named);
            return program.isFile() && program.canExecute() ? program : null;
        }
        String path = System.getenv("PATH");
        for (String directory : ((path == null ? "" : path + File.pathSeparator) + "/usr/bin:/bin").split(":", -1)) {
            File candidate = new File(directory, "mkfifo");
            if (new File(directory).isAbsolute() && candidate.isFile() && candidate.canExecute()) {
                return candidate;
            }
        }
        return null;
    }

    /** Makes one, of mode 0600. An interrupt waits for the milliseconds that it takes, and stays. */
    static void make(Path path) throws IOException {
        File program = find();
        if (program == null) {
            throw new IOException(availability().reason());
        }
        Process mkfifo = new ProcessBuilder(program.getPath(), "-m", "600", path.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!mkfifo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
                        mkfifo.destroyForcibly();
                        throw new IOException("the program " + program + " cannot make " + path);
                    }
                    return;
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
}
