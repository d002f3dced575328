package io.procession.tck.pool;

import io.procession.pool.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** Whole programs with a pool, for {@link PoolLifecycleContract}: they end in one of many ways. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of the tasks is asked from outside
public final class PoolProgram {
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
            case "map" -> pool.map(i -> Tasks.announceAndSpin(directory.resolve("spins-" + i)), List.of(1, 2, 3, 4));
            default -> throw new IllegalArgumentException(arguments[0]);
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

    private static int mark(Path directory, String prefix) throws java.io.IOException {
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
