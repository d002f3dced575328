package io.procession.benchmarks.subjects;

import io.procession.process.Process;
import io.procession.queue.Queue;

/** A number, or an array of bytes, there and back through two queues between two processes. Arguments: where they lie ({@link Place}), bytes (0: a number), warm-ups, round trips. */
public final class QueuePingPong {
    private static final String END = "end";

    private QueuePingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Place place = Place.of(arguments[0]);
        try (Queue<Object> requests = place.queue();
                Queue<Object> answers = place.queue()) {
            Process echo = Process.start(() -> echo(requests, answers));
            int bytes = Integer.parseInt(arguments[1]);
            Object item = bytes == 0 ? 42 : new byte[bytes];
            Repeated.measure(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), () -> {
                requests.put(item);
                answers.take();
            });
            requests.put(END);
            echo.join();
        }
    }

    private static void echo(Queue<Object> requests, Queue<Object> answers) throws InterruptedException {
        for (Object item = requests.take(); !item.equals(END); item = requests.take()) {
            answers.put(item);
        }
    }
}
