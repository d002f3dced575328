package io.procession.benchmarks.subjects;

import io.procession.process.Process;
import io.procession.queue.Queue;

/** A number there and back through two queues between two processes. Arguments: id of the transport, warm-ups, round trips. */
public final class QueuePingPong {
    private static final int END = -1;

    private QueuePingPong() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        try (Queue<Integer> requests = queue(arguments[0]);
                Queue<Integer> answers = queue(arguments[0])) {
            Process echo = Process.start(() -> echo(requests, answers));
            Repeated.measure(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
                requests.put(42);
                answers.take();
            });
            requests.put(END);
            echo.join();
        }
    }

    private static Queue<Integer> queue(String transport) {
        return Queue.<Integer>builder().transport(transport).create();
    }

    private static void echo(Queue<Integer> requests, Queue<Integer> answers) throws InterruptedException {
        for (int number = requests.take(); number != END; number = requests.take()) {
            answers.put(number);
        }
    }
}
