package io.procession.benchmarks.subjects;

import io.procession.process.Process;
import io.procession.queue.Queue;

/** Starts processes that say one word through a queue, and joins them: a start with a connection. Arguments: id of the transport, warm-ups, starts. */
public final class ConnectedStart {
    private ConnectedStart() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        try (Queue<String> words =
                Queue.<String>builder().transport(arguments[0]).create()) {
            Repeated.measure(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
                Process process = Process.start(() -> words.put("there"));
                words.take();
                process.join();
            });
        }
    }
}
