package io.procession.benchmarks.subjects;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Small objects through an {@code ArrayBlockingQueue} between threads of one JVM, which copies nothing: the upper bound for a queue between processes. Arguments: producers and as many consumers, rounds
 * before those that count, rounds, items a round.
 */
public final class ArrayQueueFlow {
    private static final int CAPACITY = 1000;

    private ArrayQueueFlow() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int pairs = Integer.parseInt(arguments[0]);
        int items = Integer.parseInt(arguments[3]);
        BlockingQueue<QueueFlow.Reading> queue = new ArrayBlockingQueue<>(CAPACITY);
        ExecutorService threads = Executors.newFixedThreadPool(2 * pairs);
        try {
            Repeated.measureEach(items, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
                List<Future<?>> halves = new ArrayList<>();
                for (int i = 0; i < pairs; i++) {
                    halves.add(threads.submit(() -> put(queue, items / pairs)));
                    halves.add(threads.submit(() -> take(queue, items / pairs)));
                }
                for (Future<?> half : halves) {
                    half.get();
                }
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static int put(BlockingQueue<QueueFlow.Reading> queue, int items) throws InterruptedException {
        for (int i = 0; i < items; i++) {
            queue.put(new QueueFlow.Reading(i, "sensor-7", i * 0.5, true));
        }
        return items;
    }

    private static int take(BlockingQueue<QueueFlow.Reading> queue, int items) throws InterruptedException {
        for (int i = 0; i < items; i++) {
            queue.take();
        }
        return items;
    }
}
