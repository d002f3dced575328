package io.procession.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the contenders of a benchmark in turn: first all once, then all again, ... */
public final class Rounds {
    private static final long LIMIT_SECONDS = 300;

    private final int count;
    private final Consumer<String> progress;

    /**
     * Prepares to run.
     *
     * @param count how often each contender runs
     * @param progress is told what runs now
     */
    public Rounds(int count, Consumer<String> progress) {
        this.count = count;
        this.progress = progress;
    }

    /**
     * Runs all rounds of a benchmark. A contender that fails is left out of the result, with the reason, and does not run again.
     *
     * @throws InterruptedException if the calling thread was interrupted; the contender that ran was ended
     */
    public Result run(Benchmark benchmark) throws InterruptedException {
        Map<Contender, List<Samples>> runs = new LinkedHashMap<>();
        benchmark.contenders().forEach(contender -> runs.put(contender, new ArrayList<>()));
        List<String> absent = new ArrayList<>(benchmark.absent());
        for (int round = 1; round <= count; round++) {
            for (Contender contender : List.copyOf(runs.keySet())) {
                progress.accept(benchmark.id() + ", round " + round + " of " + count + ": " + contender.name());
                try {
                    runs.computeIfAbsent(contender, key -> new ArrayList<>()).add(runOnce(contender));
                } catch (IOException e) {
                    runs.remove(contender);
                    absent.add(contender.name() + ": " + e.getMessage());
                }
            }
        }
        List<Standing> standings = runs.entrySet().stream()
                .map(entry -> Standing.of(entry.getKey(), entry.getValue()))
                .toList();
        return new Result(benchmark, standings, absent);
    }

    private static Samples runOnce(Contender contender) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(contender.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                () -> end(process), CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
        try (BufferedReader output = process.inputReader()) {
            Samples samples = Samples.parse(output.lines().toList());
            int exitCode = process.waitFor();
            if (exitCode != 0 || samples.histogram().getTotalCount() == 0) {
                throw new IOException("ended with exit code " + exitCode + " after "
                        + samples.histogram().getTotalCount() + " samples");
            }
            return samples;
        } finally {
            limit.cancel(false);
            end(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
