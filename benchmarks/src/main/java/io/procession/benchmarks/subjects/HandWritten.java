package io.procession.benchmarks.subjects;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What somebody writes who needs a pool today: JVMs that read objects from their standard input and write objects to their standard output. It
 * survives nothing. Arguments: workers, what, how many, warm-ups, samples.
 */
public final class HandWritten {
    private HandWritten() {}

    private record Call(int number) implements Callable<Object>, Serializable {
        @Override
        public Object call() {
            return PoolTasks.nothing(number);
        }
    }

    private static final class Worker {
        private final Process process;
        private final ObjectOutputStream out;
        private final ObjectInputStream in;

        Worker() throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Serving.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = new ObjectOutputStream(new BufferedOutputStream(process.getOutputStream()));
            out.flush();
            in = new ObjectInputStream(new BufferedInputStream(process.getInputStream()));
        }

        void send(Object task) throws IOException {
            out.writeUnshared(task);
            out.reset();
        }

        Object receive() throws IOException {
            try {
                return in.readObject();
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int[] numbers =
                Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
        int workers = Integer.parseInt(arguments[0]);
        if (arguments[1].equals("first-result")) {
            List<Worker> started = new ArrayList<>(); // ended later: what counts is the way to the first result
            Repeated.measure(numbers[1], numbers[2], () -> started.addAll(start(workers)));
            end(started);
            return;
        }
        List<Worker> all = start(workers);
        try {
            switch (arguments[1]) {
                case "one" -> Repeated.measure(numbers[1], numbers[2], () -> one(all.get(0)));
                case "many" ->
                    Repeated.measureEach(numbers[0], numbers[1], numbers[2], () -> pipelined(all, numbers[0], null));
                case "arrays-in" -> {
                    byte[] array = new byte[1_000_000];
                    Repeated.measure(numbers[1], numbers[2], () -> pipelined(all, numbers[0], array));
                }
                default -> throw new IllegalArgumentException(arguments[1]);
            }
        } finally {
            end(all);
        }
    }

    private static List<Worker> start(int workers) throws IOException {
        List<CompletableFuture<Worker>> starting = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            starting.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return new Worker();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
        List<Worker> all = starting.stream().map(CompletableFuture::join).toList();
        one(all.get(0));
        return all;
    }

    /** Waits for their end, since what a process used is told when it has ended. */
    private static void end(List<Worker> workers) throws InterruptedException {
        workers.forEach(worker -> worker.process.destroyForcibly());
        for (Worker worker : workers) {
            worker.process.waitFor();
        }
    }

    private static void one(Worker worker) throws IOException {
        worker.send(new Call(1));
        worker.out.flush();
        worker.receive();
    }

    /** Each worker has a thread that writes and one that reads. */
    private static void pipelined(List<Worker> workers, int count, byte @Nullable [] array) throws Exception {
        int each = count / workers.size();
        List<FutureTask<Void>> halves = new ArrayList<>();
        for (Worker worker : workers) {
            halves.add(new FutureTask<>(() -> {
                for (int i = 0; i < each; i++) {
                    worker.send(array == null ? new Call(i) : array);
                }
                worker.out.flush();
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

    /** The other side. */
    static final class Serving {
        private Serving() {}

        public static void main(String[] arguments) throws Exception {
            ObjectOutputStream out = new ObjectOutputStream(new BufferedOutputStream(System.out));
            out.flush();
            ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(System.in));
            while (true) {
                Object task = in.readUnshared();
                out.writeUnshared(task instanceof Callable<?> call ? call.call() : PoolTasks.length((byte[]) task));
                out.reset();
                if (System.in.available() == 0) {
                    out.flush();
                }
            }
        }
    }
}
