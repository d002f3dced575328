package io.procession.benchmarks.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Processes that a contender has left behind: its own children when it was killed, which nobody could find any more by their parent, and which would disturb all who come after. They are
 * known by a mark in the environment that they have inherited, on systems with {@code /proc}; elsewhere nobody is found.
 */
final class Leftovers {
    private static final String VARIABLE = "PROCESSION_BENCHMARK_RUN";

    private final String mark = UUID.randomUUID().toString();

    /** Marks a program that is about to be started. */
    void mark(Map<String, String> environment) {
        environment.put(VARIABLE, mark);
    }

    /** Asks those that still run to end, and ends them by force if they do not in some time. Does nothing if there are none. */
    void end(long graceSeconds) {
        List<ProcessHandle> left = find();
        left.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] exits = left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(exits).get(graceSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then at once
        } catch (ExecutionException | TimeoutException stillThere) {
            // then by force
        }
        left.forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> find() {
        return ProcessHandle.allProcesses().filter(this::isMarked).toList();
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            return new String(environment, ISO_8859_1).contains(VARIABLE + "=" + mark);
        } catch (IOException gone) {
            return false; // or another user's
        }
    }
}
