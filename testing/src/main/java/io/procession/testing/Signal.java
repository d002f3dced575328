package io.procession.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals to other processes, by the program {@code kill}. For tests; may be used by any thread. */
public final class Signal {
    private Signal() {}

    /**
     * Sends a signal. After {@code STOP} it waits until the process does stand still: that of which the thread that was told has to wait for a core itself goes on for a while.
     *
     * @param name without {@code SIG}
     * @param pid of the process
     * @return false if there is no such process
     * @throws IOException if there is no such program
     * @throws InterruptedException if the calling thread was interrupted
     */
    public static boolean send(String name, long pid) throws IOException, InterruptedException {
        boolean sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        if (sent && name.equals("STOP")) {
            Eventually.holds("process " + pid + " stands still", () -> standsStill(pid));
        }
        return sent;
    }

    /** As far as Linux tells; elsewhere nobody knows. */
    private static boolean standsStill(long pid) {
        File[] threads = new File("/proc/" + pid + "/task").listFiles();
        if (threads == null) {
            return true;
        }
        for (File thread : threads) {
            if ("RSD".indexOf(state(thread.toPath())) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** One letter; {@code X} if the thread is gone. */
    private static char state(Path thread) {
        try {
            String line = Files.readString(thread.resolve("stat"));
            return line.charAt(line.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return 'X';
        }
    }
}
