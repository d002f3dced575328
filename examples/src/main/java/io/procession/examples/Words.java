package io.procession.examples;

import io.procession.process.Process;
import io.procession.queue.Queue;
import java.util.List;
import java.util.Locale;

/**
 * Processes hand over what they have to a queue. In Python: {@code Process(target=work, args=(queue, word))}.
 *
 * <p>The lambda captures the queue; in the child it is the same queue, not a copy. What a process has put before it ends is there when
 * {@code join} returns.
 */
public final class Words {
    private Words() {}

    /** Runs the lesson. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> words = List.of("processes", "pools", "queues");
        // region queue
        try (Queue<String> results = Queue.create()) { // a queue captured by a lambda works in the child
            List<Process> workers = words.stream()
                    .map(word -> Process.start(() -> results.put(word.toUpperCase(Locale.ROOT))))
                    .toList();
            for (Process worker : workers) {
                worker.join();
            }
            for (Process worker : workers) {
                System.out.println("pid " + worker.pid() + " has ended; from the queue: " + results.take());
            }
        }
        // endregion
    }
}
