package io.procession.tck.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** What the workers of the pool suites run. */
final class Tasks {
    private Tasks() {}

    static int square(int number) {
        return number * number;
    }

    static long pid(Object ignored) {
        return ProcessHandle.current().pid();
    }

    static int failAt13(int number) throws IOException {
        if (number == 13) {
            throw new IOException("unlucky " + number);
        }
        return number;
    }

    /** Says in a file which process runs it, then waits for ever, interrupts ignored. */
    static int announceAndSpin(Path file) throws IOException {
        announce(file);
        return spin();
    }

    /** Goes on for ever, interrupts ignored. */
    static int spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** Says in a file which process runs it, then waits until it is interrupted. */
    static int announceAndWait(Path file) throws IOException, InterruptedException {
        announce(file);
        new CountDownLatch(1).await();
        return 0;
    }

    static int fail() {
        throw new ArithmeticException("as asked");
    }

    private static void announce(Path file) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, Long.toString(ProcessHandle.current().pid()));
        Files.move(written, file);
    }
}
