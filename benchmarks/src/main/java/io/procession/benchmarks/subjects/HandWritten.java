package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.Samples;
import io.procession.benchmarks.harness.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What somebody writes who needs a pool today: {@link HandWrittenWorker}s. It survives nothing, and chunks are made by hand. Arguments: workers, what, how many, warm-ups, samples.
 */
public final class HandWritten {
    private static final int CHUNK = 1000;

    private final List<HandWrittenWorker> workers;
    private final int count;
    private final int warmUps;
    private final int samples;

    private HandWritten(List<HandWrittenWorker> workers, int count, int warmUps, int samples) {
        this.workers = workers;
        this.count = count;
        this.warmUps = warmUps;
        this.samples = samples;
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int[] numbers =
                Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
        int workers = Integer.parseInt(arguments[0]);
        if (arguments[1].equals("first-result")) {
            List<HandWrittenWorker> started =
                    new ArrayList<>(); // ended later: what counts is the way to the first result
            Repeated.measure(numbers[1], numbers[2], () -> started.addAll(start(workers)));
            end(started);
            return;
        }
        List<HandWrittenWorker> all = start(workers);
        try {
            new HandWritten(all, numbers[0], numbers[1], numbers[2]).run(arguments[1]);
        } finally {
            end(all);
        }
    }

    private void run(String what) throws Exception {
        byte[] array = new byte[1_000_000];
        switch (what) {
            case "one" ->
                Repeated.measure(warmUps, samples, () -> workers.get(0).one());
            case "many" ->
                Repeated.measureEach(count, warmUps, samples, () -> pipelined(count, HandWrittenWorker.Call::new));
            case "map-0" -> Repeated.measure(warmUps, samples, this::map);
            case "lazy" -> Repeated.measureEach(count, warmUps, samples, this::map); // nothing is kept of the results
            case "arrays-in" -> Repeated.measure(warmUps, samples, () -> pipelined(count, i -> array));
            case "arrays-in-out" ->
                Repeated.measure(warmUps, samples, () -> pipelined(count, i -> new HandWrittenWorker.Same(array)));
            case "memory" -> memory();
            case "idle" -> idle();
            case "death" -> death(false);
            case "whole" -> death(true);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static List<HandWrittenWorker> start(int workers) throws IOException {
        List<CompletableFuture<HandWrittenWorker>> starting = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            starting.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return new HandWrittenWorker();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        List<HandWrittenWorker> all =
                starting.stream().map(CompletableFuture::join).toList();
        all.get(0).one();
        return new ArrayList<>(all);
    }

    /** Waits for their end, since what a process used is told when it has ended. */
    private static void end(List<HandWrittenWorker> workers) throws InterruptedException {
        workers.forEach(HandWrittenWorker::kill);
        for (HandWrittenWorker worker : workers) {
            worker.awaitEnd();
        }
    }

    private void map() throws Exception {
        int chunk = Math.min(CHUNK, count / workers.size());
        pipelined(
                count / chunk,
                i -> new HandWrittenWorker.Chunk(
                        IntStream.range(i * chunk, (i + 1) * chunk).toArray()));
    }

    /** Each worker has a thread that writes and one that reads. */
    private void pipelined(int tasks, IntFunction<Object> task) throws Exception {
        int each = tasks / workers.size();
        List<FutureTask<Void>> halves = new ArrayList<>();
        for (HandWrittenWorker worker : workers) {
            halves.add(new FutureTask<>(() -> {
                for (int i = 0; i < each; i++) {
                    worker.send(task.apply(i));
                }
                worker.flush();
                return null;
            }));
            halves.add(new FutureTask<>(() -> {
                for (int i = 0; i < each; i++) {
                    worker.receive();
                }
                return null;
            }));
        }
        halves.forEach(half -> new Thread(half).start());
        for (FutureTask<Void> half : halves) {
            half.get();
        }
    }

    private void memory() throws Exception {
        for (HandWrittenWorker worker : workers) {
            worker.one();
        }
        for (int i = 0; i < warmUps; i++) {
            map();
        }
        Samples.print(
                System.out,
                workers.stream()
                        .mapToLong(worker -> ResidentMemory.bytes(worker.pid()))
                        .toArray(),
                Usage.UNKNOWN);
    }

    /** Watches for so many seconds. */
    private void idle() throws Exception {
        for (HandWrittenWorker worker : workers) {
            worker.one();
        }
        IdleCpu.watch(count, workers.stream().mapToLong(HandWrittenWorker::pid).toArray());
    }

    /** From the kill of a worker until who waits for its result meets the end of the stream, or until another has answered in its place. */
    private void death(boolean untilWhole) throws Exception {
        int wanted = workers.size();
        Repeated.measureBehind(warmUps, samples, () -> {
            if (workers.size() < wanted) {
                workers.add(new HandWrittenWorker());
            }
            HandWrittenWorker victim = workers.remove(0);
            victim.one();
            victim.send(new HandWrittenWorker.Forever());
            victim.flush();
            FutureTask<Boolean> doomed = new FutureTask<>(() -> {
                try {
                    victim.receive();
                    return false;
                } catch (IOException ended) {
                    return true;
                }
            });
            new Thread(doomed).start();
            return () -> {
                victim.kill();
                if (!doomed.get()) {
                    throw new IllegalStateException("a dead worker has answered");
                }
                if (untilWhole) {
                    HandWrittenWorker next = new HandWrittenWorker();
                    next.one();
                    workers.add(next);
                }
            };
        });
    }
}
