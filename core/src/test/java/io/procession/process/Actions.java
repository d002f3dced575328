package io.procession.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** What the children of these tests run. */
final class Actions {
    private Actions() {}

    static void nothing() {}

    static void sleepForEver() throws InterruptedException {
        System.out.println("asleep");
        new CountDownLatch(1).await();
    }

    /** A child ignores SIGINT from some milliseconds after its start; Linux tells when. */
    static void sleepWhenSigintIsIgnored() throws IOException, InterruptedException {
        while (!ignoresSigint(true)) {
            Thread.onSpinWait();
        }
        sleepForEver();
    }

    /** Whether this process does, as far as the system tells. Signal 2 is the second lowest bit of a hexadecimal mask: proc(5). */
    static boolean ignoresSigint(boolean otherwise) throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream().anyMatch(line -> line.matches("SigIgn:.*[2367abef]"))
                : otherwise;
    }

    static void spin() {
        System.out.println("busy");
        long count = 0;
        while (System.nanoTime() != 1) {
            count++;
        }
        System.out.println(count);
    }

    static void hangInHook() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            while (true) {
                Thread.onSpinWait();
            }
        }));
        sleepForEver();
    }

    static void printIdentity() {
        ProcessInfo self = Process.current();
        ProcessInfo parent = Process.parent().orElseThrow();
        System.out.println(
                self.name() + " " + self.pid() + " " + self.isDaemon() + " " + self.generation() + " " + parent.pid()
                        + " " + parent.isAlive() + " " + ProcessHandle.current().pid());
    }
}
