package io.procession.tck.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** What the workers of the pool suites run. */
final class Tasks {
    private static final int NATIVE_BYTES = 8 << 20;

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

    static int haltAt13(int number) {
        if (number == 13) {
            Runtime.getRuntime().halt(13);
        }
        return number;
    }

    static Object threadAt13(int number) {
        return number == 13 ? Thread.currentThread() : number;
    }

    static String repeat(@Nullable String text, int times) {
        return String.valueOf(text).repeat(times);
    }

    /** Waits for a file first. */
    static int squareAfter(Path gate, int number) {
        await(gate);
        return number * number;
    }

    /** The item 0 waits for a file, all others are done at once. */
    static int squareUnlessFirst(Path gate, int number) {
        return number == 0 ? squareAfter(gate, number) : square(number);
    }

    /** The item 0 says in a file which process runs it, then waits for another file; the others take their time, and the 10,000th leaves a file. */
    static int announceFirst(Path file, int number) throws IOException {
        if (number == 0) {
            announce(file);
            await(file.resolveSibling(file.getFileName() + ".go"));
        } else if (number == 10_000) {
            Files.createFile(file.resolveSibling(file.getFileName() + "." + number));
        } else {
            LockSupport.parkNanos(100_000);
        }
        return number;
    }

    private static void await(Path file) {
        while (!Files.exists(file)) {
            LockSupport.parkNanos(2_000_000);
        }
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

    /** Says in a file which process runs it, then goes on for ever in native code, interrupts ignored. */
    static int announceAndCompress(Path file) throws IOException {
        announce(file);
        return compress();
    }

    /** Goes on for ever in native code, interrupts ignored: a call of the library behind it takes about a second. */
    static int compress() {
        ByteBuffer input = ByteBuffer.allocateDirect(NATIVE_BYTES);
        Random random = new Random(1);
        while (input.hasRemaining()) {
            input.put((byte) random.nextInt(16));
        }
        ByteBuffer output = ByteBuffer.allocateDirect(NATIVE_BYTES);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        while (true) {
            deflater.reset();
            deflater.setInput(input.rewind());
            deflater.finish();
            deflater.deflate(output.clear());
        }
    }

    /** Says in a file which process runs it, then waits until it is interrupted. */
    static int announceAndWait(Path file) throws IOException, InterruptedException {
        announce(file);
        new CountDownLatch(1).await();
        return 0;
    }

    /** Stops its own process, unless another has done so before: then the file tells which. */
    static int stopFirst(Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            announce(file);
            long self = ProcessHandle.current().pid();
            new ProcessBuilder("kill", "-STOP", Long.toString(self)).start().waitFor();
        }
        return 0;
    }

    static int waitForInterrupt() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    static int threeThenWait(int number) throws InterruptedException {
        return number < 3 ? number : waitForInterrupt();
    }

    static int announceSize(Path file, byte[] bytes) throws IOException {
        announce(file);
        return bytes.length;
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
