package io.procession.tck.pool;

import io.procession.pool.Pool;
import io.procession.pool.WorkerDiedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Whole programs with a pool, for {@link PoolLifecycleContract}: they end in one of many ways. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of the tasks is asked from outside
public final class PoolProgram {
    /** More than one worker takes, over any transport. */
    private static final long ROOM_BYTES = 700 << 10;

    private PoolProgram() {}

    /**
     * Runs one program.
     *
     * @param arguments how to end, the transport, a directory for marks
     * @throws Exception whatever went wrong
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[2]);
        Pool pool = Pool.builder().workers(2).transport(arguments[1]).build();
        pool.map(
                i -> mark(directory, "worker-"),
                Stream.iterate(1, i -> i + 1).limit(100).toList());
        switch (arguments[0]) {
            case "return-idle" -> System.out.println("returns");
            case "return-busy" -> {
                for (int i = 0; i < 20; i++) {
                    int number = i;
                    pool.submit(() -> Files.createFile(directory.resolve("done-" + number))
                            .toString());
                }
            }
            case "shutdown-busy" -> {
                for (int i = 0; i < 20; i++) {
                    int number = i;
                    pool.submit(() -> {
                        Thread.sleep(5); // the task's work
                        return Files.createFile(directory.resolve("done-" + number))
                                .toString();
                    });
                }
                pool.shutdown();
            }
            case "recycle" -> recycle(arguments[1]);
            case "abandon" -> {
                long worker = useAndForget(arguments[1]);
                while (ProcessHandle.of(worker).isPresent()) { // bounded by the watchdog of the test
                    System.gc();
                    Thread.sleep(10);
                }
            }
            case "submit-in-hook" -> Runtime.getRuntime().addShutdownHook(new Thread(() -> submitUntilRefused(pool)));
            case "exit-busy" -> {
                CompletableFuture<Integer> endless =
                        pool.submit(() -> Tasks.announceAndSpin(directory.resolve("spins")));
                awaitFile(directory.resolve("spins"));
                System.exit(endless.isDone() ? 1 : 5);
            }
            case "spin" -> {
                pool.submit(() -> Tasks.announceAndSpin(directory.resolve("spins")));
                pool.submit(() -> Tasks.announceAndWait(directory.resolve("waits")))
                        .join();
            }
            case "full-disk" -> {
                try (FullDisk disk = new FullDisk(
                        Path.of(System.getProperty("procession.directory")).resolveSibling("junk"))) {
                    disk.start();
                    System.out.println(endWorkersUntilNoneCanStart(pool));
                }
                pool.close();
                awaitRoom(Path.of(System.getProperty("procession.directory")));
                try (Pool other =
                        Pool.builder().workers(1).transport(arguments[1]).build()) {
                    System.out.println("with room again: "
                            + other.submit(() -> Tasks.square(5)).join());
                }
            }
            case "map" -> pool.map(i -> Tasks.announceAndSpin(directory.resolve("spins-" + i)), List.of(1, 2, 3, 4));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void recycle(String transport) {
        try (Pool pool = Pool.builder()
                .workers(2)
                .transport(transport)
                .maxTasksPerWorker(3)
                .build()) {
            int sum = 0;
            for (int i = 0; i < 12; i++) {
                int number = i;
                sum += pool.submit(() -> Tasks.square(number)).join();
            }
            System.out.println(sum + " by " + (pool.stats().recycles() > 1 ? "recycled" : "the same") + " workers");
        }
    }

    /** In a method of its own, so that nothing here keeps the pool. */
    private static long useAndForget(String transport) {
        return Pool.builder()
                .workers(1)
                .transport(transport)
                .name("forgotten")
                .build()
                .submit(() -> ProcessHandle.current().pid())
                .join();
    }

    /** The files of a worker that has ended make room again for a moment, so it may take some. */
    private static String endWorkersUntilNoneCanStart(Pool pool) {
        while (true) {
            try {
                pool.submit(() -> Runtime.getRuntime().halt(1)).join();
            } catch (CompletionException | RejectedExecutionException told) {
                if (!(told.getCause() instanceof WorkerDiedException)) {
                    return told.toString();
                }
            }
        }
    }

    /** Shared memory of those who have died is given back when the views of it are collected. */
    private static void awaitRoom(Path directory) throws IOException, InterruptedException {
        FileStore store = Files.getFileStore(directory);
        while (store.getUsableSpace() < ROOM_BYTES) { // bounded by the watchdog of the test
            System.gc();
            Thread.sleep(10);
        }
    }

    /** Takes whatever room there is in a file system, until it is closed. */
    private static final class FullDisk extends Thread implements AutoCloseable {
        private final Path file;
        private volatile boolean over;

        FullDisk(Path file) {
            super("full disk");
            this.file = file;
        }

        @Override
        public void run() {
            while (!over) {
                try {
                    Files.write(file, new byte[4096], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException full) {
                    LockSupport.parkNanos(100_000); // somebody may delete something
                }
            }
        }

        @Override
        public void close() throws IOException {
            over = true;
            try {
                join();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("nobody interrupts this program");
            }
            Files.delete(file);
        }
    }

    /** What is still accepted before the pool knows that the program ends is answered or given up. */
    private static void submitUntilRefused(Pool pool) {
        while (true) {
            try {
                pool.submit(() -> 1).join();
            } catch (RejectedExecutionException e) {
                System.out.println("refused: " + e.getMessage());
                return;
            } catch (CompletionException | CancellationException givenUp) {
                // the next one is refused
            }
        }
    }

    private static int mark(Path directory, String prefix) throws IOException {
        Path file = directory.resolve(prefix + ProcessHandle.current().pid());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return 0;
    }

    private static void awaitFile(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(5);
        }
    }
}
